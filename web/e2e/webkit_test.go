package e2e_test

import (
	"testing"

	"corslab/lab/cors"
)

// TestWebKit plays the same in one WebKitGTK. A driven WebKit doesn't let anyone read
// its console, so the conformance tests compare those messages.
func TestWebKit(t *testing.T) {
	t.Parallel()
	testDriven(t, startBrowser(t, cors.WebKit), map[string]string{
		"font":          "WebKitGTK loads a font of another origin without asking for permission",
		"picture-first": "it does not give a script the answer that it keeps for a picture",
		"bank-read":     noCookie,
		"bank-form":     noCookie,
		"token-for-all": noCookie,
		"described-7":   noCookie,
	})
}

const noCookie = "it sends no cookie for a page of another host, also from a window of its own"
