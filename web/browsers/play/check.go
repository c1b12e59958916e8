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

// Check compares what the page says about a run with what the browser did. The verdict
// must be for this engine, the engine must have done what was judged, and, if its
// console can be read, it must hold exactly the message that the page shows.
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
	if run.Console == "" || p.Console == nil || !p.seesConsole(s) {
		return problems
	}
	ctx, cancel := context.WithTimeout(ctx, lateness)
	defer cancel()
	if _, err := p.Console.WaitLine(ctx, func(line driver.Line) bool { return line.Text == run.Console }); err != nil {
		differs("the console has "+quoted(p.Console.Lines()), "the page shows "+strconv.Quote(run.Console))
	}
	return problems
}

// seesConsole reports whether the console shows messages from the script's document. In
// Chromium, a document of another site, or in a window, has a console of its own.
func (p *Page) seesConsole(s *scenario.Scenario) bool {
	return p.Tab == nil || s.Script.From == scenario.CallerPage && s.Script.In != scenario.InWindow
}

func quoted(lines []driver.Line) string {
	texts := make([]string, len(lines))
	for i, line := range lines {
		texts[i] = strconv.Quote(line.Text)
	}
	return orNone(strings.Join(texts, ", "))
}

// checkStart compares the first run with what the file expects.
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

// checkSent compares the requests that reached the API. If the engines differ, the file
// states what Chromium sends.
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

// closes reports whether the API ends connections without a response. A browser that had
// used such a connection before sends the request again, as often as it likes
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

// checkFailure compares Chromium's name for the failure, which other browsers don't
// report.
func (g *game) checkFailure(want string) {
	if tab := g.page.Tab; want != "" && tab != nil && g.page.seesConsole(g.scenario) {
		ctx, cancel := context.WithTimeout(g.ctx, lateness)
		defer cancel()
		named := func(f driver.Failure) bool { return f.CORSError == want || f.NetError == want }
		if _, err := tab.WaitFailure(ctx, named); err != nil {
			g.report("expect.errors.chromium", "the browser named the error "+failureNames(tab.Failures()), "the file says "+want)
		}
	}
}

// failureNames lists the names of CORS failures or, if there are none, of all failures.
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

// notSolved lists the facts of the goal that didn't hold.
func notSolved(run Run) string {
	lines := make([]string, len(run.Unmet))
	for i, unmet := range run.Unmet {
		lines[i] = fmt.Sprintf("goal[%d] “%s” does not hold", unmet.Line, unmet.Text)
	}
	return fmt.Sprintf("it was %s and does not solve: %s", run.Outcome, strings.Join(lines, " and "))
}

// list writes methods as a file does.
func list(words []string) string { return "[" + strings.Join(words, ", ") + "]" }

// orNone returns a text, or a word that says it is empty.
func orNone(text string) string {
	if text == "" {
		return "none"
	}
	return text
}
