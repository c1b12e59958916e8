package play

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"corslab/lab/cors"
	"corslab/lab/policy"
	"corslab/lab/scenario"
	"corslab/web/browsers/driver"
)

// Check compares what the page says of a run with what the browser did: it was
// judged for this engine, the engine did as judged, and, where its console can
// be read, it wrote the very line that the page shows.
func (p *Page) Check(ctx context.Context, where string, s *scenario.Scenario, run Run) []Problem {
	var problems []Problem
	differs := func(found, expected string) {
		problems = append(problems, Problem{Where: where, Found: found, Expected: expected})
	}
	if run.Engine != string(p.Engine) {
		differs("the page has the verdict for "+run.Engine, "the browser is "+string(p.Engine))
	}
	for _, point := range run.Differs {
		differs("the browser did otherwise than the lab judged: "+point, "")
	}
	if run.Console == "" || p.Console == nil || !p.hears(s) {
		return problems
	}
	ctx, cancel := context.WithTimeout(ctx, lateness)
	defer cancel()
	if _, err := p.Console.WaitLine(ctx, func(line driver.Line) bool { return line.Text == run.Console }); err != nil {
		differs("the console has "+quoted(p.Console.Lines()), "the page shows "+strconv.Quote(run.Console))
	}
	return problems
}

// hears reports whether the console has what the script's document brought
// about. In Chromium a document of another site, or one in a window, has a
// console of its own.
func (p *Page) hears(s *scenario.Scenario) bool {
	return p.Tab == nil || s.Script.From == "page" && s.Script.In != "window"
}

func quoted(lines []driver.Line) string {
	texts := make([]string, len(lines))
	for i, line := range lines {
		texts[i] = strconv.Quote(line.Text)
	}
	return orNone(strings.Join(texts, ", "))
}

// checkStart compares the first run with what the file expects of it.
func (g *game) checkStart(run Run) {
	engine, expect := g.page.Engine, g.scenario.Expect
	at, want := "expect.", expect.For(engine)
	_, own := expect.Others[engine]
	if own {
		at += string(engine) + "."
	}
	g.compare(at, "outcome", run.Outcome, string(want.Outcome))
	g.compare(at, "cause", run.Cause, string(want.Cause))
	g.compare(at, "stage", run.Stage, string(want.Stage))
	g.checkSent(run)
	if run.Solved && !own && !g.scenario.NeedsNothing() {
		g.report("goal", "it solves", "something must be left to change")
	}
	g.checkFailure(expect.Errors[cors.Chromium])
}

// checkSent compares what reached the API. Where the engines end differently,
// the file says it for Chromium.
func (g *game) checkSent(run Run) {
	found, want := run.Sent, g.scenario.Expect.Sent
	if want == nil || len(g.scenario.Expect.Others) > 0 && g.page.Engine != cors.Chromium {
		return
	}
	if g.closes() {
		found, want = slices.Compact(found), slices.Compact(slices.Clone(want))
	}
	if !slices.Equal(found, want) {
		g.report("expect.sent", "the API received "+list(found), "the file says "+list(want))
	}
}

// closes reports whether the API ends connections without an answer: a browser
// that had used such a connection before sends once more, as often as it likes
// (https://httpwg.org/specs/rfc9110.html#idempotent.methods).
func (g *game) closes() bool {
	set := g.scenario.Policy
	return slices.ContainsFunc(set.Groups(), func(g policy.Group) bool { return set.Reply(g).Close })
}

func (g *game) compare(at, what, found, expected string) {
	if found != expected {
		g.report(at+what, "the "+what+" was "+orNone(found), "the file says "+orNone(expected))
	}
}

// checkFailure compares Chromium's own name of the failure, which no other
// browser tells.
func (g *game) checkFailure(want string) {
	if tab := g.page.Tab; want != "" && tab != nil && g.page.hears(g.scenario) {
		ctx, cancel := context.WithTimeout(g.ctx, lateness)
		defer cancel()
		named := func(f driver.Failure) bool { return f.CORSError == want || f.NetError == want }
		if _, err := tab.WaitFailure(ctx, named); err != nil {
			g.report("expect.errors.chromium", "the browser named the error "+failureNames(tab.Failures()), "the file says "+want)
		}
	}
}

// failureNames are the names of failures for CORS; where there is none, those of
// all failures.
func failureNames(failures []driver.Failure) string {
	var forCORS, all []string
	for _, f := range failures {
		if f.CORSError != "" {
			forCORS = append(forCORS, f.CORSError)
		}
		all = append(all, f.NetError)
	}
	if len(forCORS) > 0 {
		all = forCORS
	}
	return orNone(strings.Join(slices.Compact(all), ", "))
}

// notSolved says which lines of the goal did not hold.
func notSolved(run Run) string {
	lines := make([]string, len(run.Unmet))
	for i, unmet := range run.Unmet {
		lines[i] = fmt.Sprintf("goal[%d] “%s” does not hold", unmet.Line, unmet.Text)
	}
	return fmt.Sprintf("it was %s and does not solve: %s", run.Outcome, strings.Join(lines, " and "))
}

// list writes methods as a file does.
func list(words []string) string { return "[" + strings.Join(words, ", ") + "]" }

// orNone is a text that is to be seen, also where there is none.
func orNone(text string) string {
	if text == "" {
		return "none"
	}
	return text
}
