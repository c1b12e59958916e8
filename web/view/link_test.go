package view_test

import (
	"strings"
	"testing"

	"corslab/lab/policy"
	"corslab/lab/scenario"
	"corslab/web/view"
)

// TestLinkMismatch checks that each line names its header once and ends with one period,
// whether or not the fault's message does.
func TestLinkMismatch(t *testing.T) {
	for name, test := range map[string]struct {
		header, message, want string
	}{
		"a header that is refused":        {"Refresh", "Refresh can't be set. It loads another address.", "Response header Refresh: can't be set. It loads another address."},
		"a value that is refused":         {"Location", `Location: found "x"; want a path`, `Response header Location: found "x"; want a path.`},
		"a name in other letters":         {"location", `Location: found "x"; want a path`, `Response header location: found "x"; want a path.`},
		"a message without the name":      {"X", "the value holds a line break", "Response header X: the value holds a line break."},
		"a name that the message is like": {"the", "the value holds a line break", "Response header the: the value holds a line break."},
	} {
		t.Run(name, func(t *testing.T) {
			attempt := scenario.Attempt{Policy: policy.Policy{Response: policy.Reply{Headers: []policy.Header{{Name: test.header}}}}}
			var page strings.Builder
			fault := scenario.Fault{Field: scenario.InReply(policy.Group{Kind: policy.Response}, "").AtRow(0), Message: test.message}
			if err := view.LinkMismatch(attempt, scenario.Faults{fault}, true).Render(t.Context(), &page); err != nil {
				t.Fatal(err)
			}
			_, line, _ := strings.Cut(page.String(), "<li>")
			line, _, _ = strings.Cut(line, "</li>")
			if got := strings.NewReplacer("&#39;", "'", "&#34;", `"`).Replace(line); got != test.want {
				t.Errorf("the page says %s\nwant          %s", got, test.want)
			}
		})
	}
}
