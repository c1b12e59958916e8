package e2e_test

import (
	"testing"

	"corslab/lab/cors"
)

// TestWebKit plays the same in one WebKitGTK. A WebKit that is driven lets
// nobody read its console; the conformance tests compare its lines.
func TestWebKit(t *testing.T) {
	t.Parallel()
	testDriven(t, startBrowser(t, cors.WebKit))
}
