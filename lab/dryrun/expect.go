package dryrun

import (
	"fmt"
	"maps"
	"slices"

	"corslab/lab/cors"
	"corslab/lab/scenario"
)

// expected compares a first Send with the file's key "expect".
func (c *check) expected(found findings, engine cors.Engine, ways [][]runEnd) {
	want := c.scenario.Expect.For(engine)
	path := "expect"
	if _, own := c.scenario.Expect.Others[engine]; own {
		path = "expect." + string(engine)
	}
	if want.Outcome != cors.Unknown && all(ways, func(way []runEnd) bool { return !endsAs(way[0], want) }) {
		call, _ := ways[0][0].main()
		key, value := firstDifference(call, want)
		says := endOf(call.Outcome, call.Verdict.Cause, call.Verdict.Stage)
		found.add(finding{path + "." + key, fmt.Sprintf("found %q; the judge says %s in ", value, says), ""}, engine)
		return // any other difference follows from this one
	}
	sent := c.scenario.Expect.Sent
	if sent != nil && all(ways, func(way []runEnd) bool { return !slices.Equal(way[0].sent(), sent) }) {
		found.add(finding{"expect.sent", fmt.Sprintf("found %s; the judge says %s in ", listed(sent), listed(ways[0][0].sent())), ""}, engine)
	}
	c.errorName(found, engine, ways)
}

// dropUnsharedSent drops findings about "expect.sent" if at least one browser sends
// exactly that, because the key has one list for all browsers.
func (f findings) dropUnsharedSent() {
	differ := 0
	for found, engines := range f {
		if found.path == "expect.sent" {
			differ += len(engines)
		}
	}
	if differ < len(cors.Browsers()) {
		maps.DeleteFunc(f, func(found finding, _ []cors.Engine) bool { return found.path == "expect.sent" })
	}
}

// endsAs reports whether the learner's call ends as expected. If the run didn't get to
// it, it didn't.
func endsAs(e runEnd, want scenario.End) bool {
	call, reached := e.main()
	if !reached || call.Outcome != want.Outcome {
		return false
	}
	return call.Outcome != cors.Blocked || call.Verdict.Cause == want.Cause && call.Verdict.Stage == want.Stage
}

// firstDifference is the first key of "expect" that differs, and its value.
func firstDifference(call callEnd, want scenario.End) (key, value string) {
	switch {
	case call.Outcome != want.Outcome:
		return "outcome", string(want.Outcome)
	case call.Verdict.Cause != want.Cause:
		return "cause", string(want.Cause)
	}
	return "stage", string(want.Stage)
}

// errorName compares the name that the engine gives the failure.
func (c *check) errorName(found findings, engine cors.Engine, ways [][]runEnd) {
	want, kind := c.scenario.Expect.Errors[engine], c.scenario.Script.Kind
	call, _ := ways[0][0].main()
	if want == "" || !kind.GivesResponse() || call.Verdict.Error == want {
		return
	}
	says := fmt.Sprintf("calls it %q", call.Verdict.Error)
	if call.Verdict.Error == "" {
		says = "has no name for it"
	}
	found.add(finding{"expect.errors." + string(engine), fmt.Sprintf("found %q; the judge says that the engine %s, in ", want, says), ""}, engine)
}
