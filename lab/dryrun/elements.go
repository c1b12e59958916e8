package dryrun

import (
	"path"
	"slices"
	"strings"

	"corslab/lab/cors"
	"corslab/lab/scenario"
)

// elements remarks on a script that should get a response and that loads something by
// an element, if the API doesn't have such a file at that address. If neither the goal
// nor "expect" mentions a response, the request itself may be the point, as in an
// attack that uses an image.
func (c *check) elements() {
	if c.redirects() {
		return // it may lead to the right file
	}
	last := make(map[scenario.Caller]string) // path of the script that a fact about the caller refers to
	c.senders(func(keyPath string, script scenario.Script) { last[script.From] = keyPath })
	c.senders(func(keyPath string, script scenario.Script) {
		wanted := last[script.From] == keyPath && c.wantsResponse(script.From)
		if keyPath == "script" {
			wanted = c.expectsResponse() || c.wantsResponse("")
		}
		if wanted {
			c.element(keyPath, script)
		}
	})
}

func (c *check) element(keyPath string, script scenario.Script) {
	files := script.Kind.Files()
	address, _, _ := strings.Cut(script.URL, "?")
	if files == nil || slices.Contains(files, "/"+path.Base(address)) {
		return
	}
	c.remark(keyPath+".url", "found %q with kind %s; want an address that ends in %s, which is what the API has for it", script.URL, script.Kind, strings.Join(files, " or "))
}

// expectsResponse reports whether "expect" says that in some browser the learner's
// script gets a response.
func (c *check) expectsResponse() bool {
	return slices.ContainsFunc(cors.Browsers(), func(engine cors.Engine) bool { return isResponse(c.scenario.Expect.For(engine).Outcome) })
}

// wantsResponse reports whether the goal says that a caller gets a response. The caller
// "" means the learner's own script.
func (c *check) wantsResponse(who scenario.Caller) bool {
	return slices.ContainsFunc(c.scenario.Goal, func(f scenario.Fact) bool { return f.Caller == who && isResponse(f.Outcome) })
}

func isResponse(outcome cors.Outcome) bool { return outcome == cors.Readable || outcome == cors.Opaque }

// redirects reports whether the policy redirects, at the start or after a change.
func (c *check) redirects() (found bool) {
	visit := func(attempt scenario.Attempt) {
		for _, g := range attempt.Policy.Groups() {
			found = found || attempt.Policy.Reply(g).Status/100 == 3
		}
	}
	visit(c.scenario.Start(c.origins))
	c.changes(func(_ string, change scenario.Change) { visit(c.scenario.With(change, c.origins)) })
	return found
}
