package dryrun

import (
	"path"
	"slices"
	"strings"

	"corslab/lab/cors"
	"corslab/lab/scenario"
)

// elements remarks on scripts that are said to get their answer, and load by an
// element what the API does not have at that address. Where nothing is said of
// it the request alone can be meant, as in an attack by a picture.
func (c *check) elements() {
	if c.redirects() {
		return // it may lead to what is meant
	}
	last := make(map[scenario.Caller]string) // the place of the script that its fact is about
	c.parts(func(place string, script scenario.Script) { last[script.From] = place })
	c.parts(func(place string, script scenario.Script) {
		answered := last[script.From] == place && c.wantsAnswer(script.From)
		if place == "script" {
			answered = c.expectsAnswer() || c.wantsAnswer("")
		}
		if answered {
			c.element(place, script)
		}
	})
}

func (c *check) element(place string, script scenario.Script) {
	files := script.Kind.Files()
	address, _, _ := strings.Cut(script.URL, "?")
	if files == nil || slices.Contains(files, "/"+path.Base(address)) {
		return
	}
	c.remark(place+".url", "found %q with kind %s; want an address that ends in %s, which is what the API has for it", script.URL, script.Kind, strings.Join(files, " or "))
}

// expectsAnswer reports whether the first Send is said to bring the learner's
// script an answer in some browser.
func (c *check) expectsAnswer() bool {
	return slices.ContainsFunc(cors.Browsers(), func(engine cors.Engine) bool { return isAnswer(c.scenario.Expect.For(engine).Outcome) })
}

// wantsAnswer reports whether the goal says that a caller gets an answer; "" is
// the learner's own script.
func (c *check) wantsAnswer(who scenario.Caller) bool {
	return slices.ContainsFunc(c.scenario.Goal, func(f scenario.Fact) bool { return f.Who == who && isAnswer(f.Outcome) })
}

func isAnswer(outcome cors.Outcome) bool { return outcome == cors.Readable || outcome == cors.Opaque }

// redirects reports whether an answer of the file leads elsewhere, at the start
// or after a change.
func (c *check) redirects() (found bool) {
	see := func(attempt scenario.Attempt) {
		for _, g := range attempt.Policy.Groups() {
			found = found || attempt.Policy.Reply(g).Status/100 == 3
		}
	}
	see(c.scenario.Start(c.origins))
	c.changes(func(_ string, change scenario.Change) { see(c.scenario.With(change, c.origins)) })
	return found
}
