package bodies_test

import (
	"net/http"
	"regexp"
	"strings"
	"testing"

	"corslab/lab/backend"
	"corslab/lab/inert"
)

// written matches the API's JSON: a learner's input occurs only in strings, and strings
// hold only letters, digits, spaces and escapes.
var written = regexp.MustCompile(`\A(?:[\[\]{}:,]|"(?:[A-Za-z0-9 ]|\\u[0-9A-F]{4})*"|[0-9]+)+\n\z`)

// fixed matches net/http's own responses to requests that never reach the lab's code.
var fixed = regexp.MustCompile(`\A[45][0-9]{2} [A-Z][A-Za-z ]+(?:: [A-Za-z ]+)?\z`)

// TestForm checks that each body is an embedded file, JSON of the API, or net/http's own
// response to an invalid request.
func TestForm(t *testing.T) {
	statuses := make(map[int]int)
	for _, b := range collect(t) {
		statuses[b.status]++
		text := string(b.content)
		ofHTTP := b.status == http.StatusBadRequest && fixed.MatchString(text)
		if strings.HasPrefix(b.name, "the file ") || strings.HasSuffix(b.name, ", a file") {
			if _, ok := backend.ReadBody(b.content); !ok || written.MatchString(text) {
				t.Errorf("%s: %q is no file of the lab", b.name, text)
			}
			continue
		}
		if !written.MatchString(text) && !ofHTTP {
			t.Errorf("%s: %d %q", b.name, b.status, text)
		}
		if _, ok := inert.Read(b.content); !ok && !ofHTTP {
			t.Errorf("%s: a proxy would not hand %q on", b.name, text)
		}
	}
	for _, status := range []int{200, 302, 400, 401, 403, 404, 405, 413, 421, 500, 502, 508} {
		if statuses[status] == 0 {
			t.Errorf("no body has status %d; the test lacks a way to it", status)
		}
	}
	t.Logf("bodies by status: %v", statuses)
}
