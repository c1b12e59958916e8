package dryrun

import (
	"fmt"
	"slices"
	"strings"

	"corslab/lab/cors"
	"corslab/lab/origin"
	"corslab/lab/scenario"
	"corslab/lab/scenario/format"
)

// Remark is one point in which a scenario file contradicts the judge.
type Remark struct {
	Path    string // the path of the key, such as "solutions[0]" or "expect.cause"
	Message string // begins with the path
}

// Check plays a scenario's start, its solutions and its wrong answers. It returns a
// remark for everything that doesn't end as the file says.
func Check(s *scenario.Scenario, o origin.Set) []Remark {
	c := check{scenario: s, origins: o, left: maxCalls}
	c.texts()
	c.addresses()
	c.elements()
	c.forbidden()
	c.start()
	for i, change := range s.Solutions {
		c.change("solutions", i, change, c.solution)
	}
	for i, change := range s.Wrong {
		c.change("wrong", i, change, c.wrong)
	}
	return c.remarks
}

// check collects the remarks on one scenario.
type check struct {
	scenario *scenario.Scenario
	origins  origin.Set
	left     int // calls that may still be played
	remarks  []Remark
}

// remark notes a contradiction. It drops the rest if the file is full of them.
func (c *check) remark(path, text string, args ...any) {
	message := fmt.Sprintf(text, args...)
	switch {
	case len(c.remarks) > format.MaxProblems:
		return
	case len(c.remarks) == format.MaxProblems:
		message = fmt.Sprintf("found more than %d problems; the rest is left out", format.MaxProblems)
	}
	c.remarks = append(c.remarks, Remark{path, path + ": " + message})
}

func (c *check) play(attempt scenario.Attempt, engine cors.Engine, sends int) [][]runEnd {
	return trial{c.scenario, attempt, c.origins, engine}.play(sends, &c.left)
}

// start compares the first Send with what the file expects of it.
func (c *check) start() {
	found := make(findings)
	for _, engine := range cors.Browsers() {
		ways := c.play(c.scenario.Start(c.origins), engine, 1)
		if ways == nil {
			continue
		}
		c.expected(found, engine, ways)
		if !c.solvedOnPurpose(engine) && all(ways, func(way []runEnd) bool { return way[0].Solved }) && c.certain() {
			found.add(finding{"goal", "the start solves it already in ", "; want something to do, or the solution {}"}, engine)
		}
	}
	found.dropUnsharedSent()
	found.report(c)
}

// solvedOnPurpose reports whether the start may be solved: because the file says that
// this engine behaves differently, or that there is nothing to do.
func (c *check) solvedOnPurpose(engine cors.Engine) bool {
	_, differs := c.scenario.Expect.Others[engine]
	return differs || c.scenario.NeedsNothing()
}

// certain reports whether every fact of the goal can be predicted. Facts about cookies
// can't be, except for the account's cookie.
func (c *check) certain() bool {
	return c.scenario.Policy.Account != nil || !slices.ContainsFunc(c.scenario.Goal, func(f scenario.Fact) bool { return f.Cookies != nil })
}

// change plays a solution or a wrong answer.
func (c *check) change(list string, i int, change scenario.Change, judge func(findings, string, cors.Engine, [][]runEnd)) {
	path := fmt.Sprintf("%s[%d]", list, i)
	attempt := c.scenario.With(change, c.origins)
	if _, faults := c.scenario.Take(attempt, c.origins); len(faults) > 0 {
		c.remark(path, "no learner can set this: %s", faults)
		return
	}
	if !c.certain() {
		return
	}
	found := make(findings)
	for _, engine := range cors.Browsers() {
		if ways := c.play(attempt, engine, change.Sends); ways != nil {
			judge(found, path, engine, ways)
		}
	}
	found.report(c)
}

// solution remarks on a solution that doesn't solve the scenario at its last Send,
// whichever calls carry cookies.
func (c *check) solution(found findings, path string, engine cors.Engine, ways [][]runEnd) {
	last := func(way []runEnd) runEnd { return way[len(way)-1] }
	if all(ways, func(way []runEnd) bool { return !last(way).Solved }) {
		found.add(finding{path, "it does not solve the scenario: " + unmet(last(ways[0])) + ", in ", ""}, engine)
	}
}

// wrong remarks on a wrong answer that solves the scenario at some Send, whichever calls
// carry cookies.
func (c *check) wrong(found findings, path string, engine cors.Engine, ways [][]runEnd) {
	firstSolved := func(way []runEnd) int { return slices.IndexFunc(way, func(e runEnd) bool { return e.Solved }) }
	if !all(ways, func(way []runEnd) bool { return firstSolved(way) >= 0 }) {
		return
	}
	at := ""
	if first := firstSolved(ways[0]); first > 0 {
		at = fmt.Sprintf("at Send %d, ", first+1)
	}
	found.add(finding{path, "it solves the scenario, " + at + "in ", "; want an answer that does not"}, engine)
}

func all(ways [][]runEnd, holds func([]runEnd) bool) bool {
	return !slices.ContainsFunc(ways, func(way []runEnd) bool { return !holds(way) })
}

// unmet says which line of the goal does not hold, and what happened instead.
func unmet(e runEnd) string {
	for _, met := range e.Goal {
		if met.Held {
			continue
		}
		return fmt.Sprintf("%s does not hold and %s", factOf(met.Fact), instead(met.Fact, e))
	}
	return "the goal does not hold"
}

// factOf writes a fact as a file does.
func factOf(f scenario.Fact) string {
	who := f.Caller
	if who == "" {
		who = scenario.CallerPage
	}
	switch {
	case f.Outcome != "":
		return fmt.Sprintf("{%s: %s}", who, f.Outcome)
	case f.Sent != nil:
		from := ""
		if f.Caller != "" {
			from = ", from: " + string(f.Caller)
		}
		return "{sent: " + listed(f.Sent) + from + "}"
	case f.Balance != nil:
		return fmt.Sprintf("{balance: %d}", *f.Balance)
	case f.Cookies != nil:
		return "{cookies: " + listed(f.Cookies) + "}"
	}
	return "{shows: " + listed(f.Shows) + "}"
}

// instead says what happened instead of the fact.
func instead(f scenario.Fact, e runEnd) string {
	call, found := callBy(f, e)
	switch {
	case !found:
		return "its script does not get to send"
	case f.Sent != nil:
		return "the judge says that " + listed(call.Sent) + " is sent"
	case f.Balance != nil || f.Cookies != nil:
		return "would not with other cookies either"
	case f.Shows != nil && call.Outcome == cors.Readable:
		return "of the headers the script can read " + listed(call.Shown)
	}
	return "the judge says " + endOf(call.Outcome, call.Verdict.Cause, call.Verdict.Stage)
}

func callBy(f scenario.Fact, e runEnd) (callEnd, bool) {
	for _, call := range slices.Backward(e.Calls) {
		if f.Caller == "" && call.Role == scenario.Main || f.Caller != "" && f.Caller == call.Caller {
			return call, true
		}
	}
	return callEnd{}, false
}

// endOf says how a call ends: "blocked, allow-origin-missing at response".
func endOf(outcome cors.Outcome, cause cors.Cause, stage cors.Stage) string {
	if outcome != cors.Blocked {
		return string(outcome)
	}
	return fmt.Sprintf("%s, %s at %s", outcome, cause, stage)
}

func listed(words []string) string { return "[" + strings.Join(words, ", ") + "]" }
