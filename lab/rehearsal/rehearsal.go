// Package rehearsal plays scenarios without a browser. The judge stands for
// each engine: it says what the engine sends, the session answers as the policy
// says, and from both come the facts of the goal. So a scenario file can be
// told that its start is solved already, that a solution does not solve, or
// that the judge expects another cause.
//
// Not everything can be known so. Whether a cookie goes along depends on what
// a browser counts as one site: each call is played with and without it. What
// depends on a browser's HTTP cache, on other cookies, on what an element makes
// of an answer or on what lies outside of the lab is left open. The package
// speaks only of what is so in every case.
package rehearsal

import (
	"slices"
	"time"

	"corslab/lab/cors"
	"corslab/lab/scenario"
	"corslab/lab/session"
)

// Ending is how a run ends in one engine.
type Ending struct {
	Calls  []Call        // that were settled, in order
	Goal   []session.Met // the facts, in the goal's order
	Solved bool
}

// Call is what became of one script.
type Call struct {
	Role    scenario.Role
	Caller  string
	Outcome cors.Outcome
	Verdict cors.Verdict
	Shown   []string // names of the headers that the script can read
	Sent    []string // the methods that reached the API
}

// main is the learner's own call, if the run came so far.
func (e Ending) main() (Call, bool) {
	at := slices.IndexFunc(e.Calls, func(c Call) bool { return c.Role == scenario.Main })
	if at < 0 {
		return Call{}, false
	}
	return e.Calls[at], true
}

// sent lists the methods of all calls that reached the API.
func (e Ending) sent() []string {
	methods := []string{}
	for _, call := range e.Calls {
		methods = append(methods, call.Sent...)
	}
	return methods
}

// stage is the scenario and the attempt that are played.
type stage struct {
	scenario *scenario.Scenario
	attempt  scenario.Attempt
	origins  scenario.Origins
	engine   cors.Engine
}

// Bounds on what is played of one file.
const (
	mostOpen   = 4      // calls of a run with which a cookie may go along: each doubles the ways
	mostPlayed = 10_000 // calls altogether; what is beyond is left open
)

// play sends so many times, in each way in which cookies may go along. It
// returns the endings of each way; nil where something of it cannot be known.
func (s stage) play(sends int, left *int) [][]Ending {
	if s.cachesHTTP() {
		return nil
	}
	open := s.open()
	if open > mostOpen {
		return nil
	}
	var ways [][]Ending
	for way := range 1 << open {
		*left -= sends * len(s.scenario.Parts(s.attempt.Script))
		if *left < 0 {
			return nil
		}
		endings, known := s.playWay(way, sends)
		if !known {
			return nil
		}
		ways = append(ways, endings)
	}
	return ways
}

// open counts the calls with which a browser may send a cookie or not.
func (s stage) open() (count int) {
	if s.attempt.Policy.Account == nil {
		return 0
	}
	for _, part := range s.scenario.Parts(s.attempt.Script) {
		if part.Script.Request().Credentials != "omit" {
			count++
		}
	}
	return count
}

// cachesHTTP reports whether a browser may have an answer in its HTTP cache and
// ask nobody.
func (s stage) cachesHTTP() bool {
	urls := make(map[string]bool)
	again := s.attempt.Script.Pinned
	for _, part := range s.scenario.Parts(s.attempt.Script) {
		again = again || urls[part.Script.URL]
		urls[part.Script.URL] = true
	}
	if !again {
		return false
	}
	keep := []string{"Cache-Control", "Expires", "Last-Modified", "ETag"}
	policy := s.attempt.Policy
	return slices.ContainsFunc(policy.Groups(), func(group string) bool {
		return slices.ContainsFunc(scenario.On(policy.Answer(group).Headers), func(h scenario.Header) bool { return named(h.Name, keep...) })
	})
}

// playWay plays in a session of its own. It reports false where something
// cannot be known.
func (s stage) playWay(way, sends int) (endings []Ending, known bool) {
	now := time.Unix(0, 0)
	store := session.NewStore(s.origins, func() time.Time { return now })
	current, err := store.Open("rehearsalrehearsal", s.scenario, s.attempt, session.Position{})
	if err != nil {
		return nil, false
	}
	browser := browser{session: current, stage: s, way: way, jar: make(map[string]string)}
	for range sends {
		ending, known := browser.send()
		if !known {
			return nil, false
		}
		endings = append(endings, ending)
	}
	return endings, true
}
