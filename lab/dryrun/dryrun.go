// Package dryrun plays scenarios without a browser. The judge takes the place of each
// engine: it says what the engine sends, the session responds as the policy says, and
// the facts of the goal follow from both. This tells the author of a file that its start
// is already solved, that a solution doesn't solve it, or that the judge expects
// another cause.
//
// A dry run can't know everything. Whether a cookie is sent depends on what a browser
// counts as one site, so each call is played with and without it. The package is silent
// about what depends on a browser's HTTP cache, on other cookies, on what an element
// does with a response, or on anything outside the lab. It reports only what holds
// in every case.
package dryrun

import (
	"slices"
	"time"

	"corslab/lab/cors"
	"corslab/lab/origin"
	"corslab/lab/policy"
	"corslab/lab/scenario"
	"corslab/lab/session"
)

// runEnd is how a run ends in one engine.
type runEnd struct {
	Calls  []callEnd     // the settled calls, in order
	Goal   []session.Met // the facts, in the goal's order
	Solved bool
}

// callEnd is how one script's call ends.
type callEnd struct {
	Role    scenario.Role
	Caller  scenario.Caller
	Outcome cors.Outcome
	Verdict cors.Verdict
	Shown   []string // names of the headers that the script can read
	Sent    []string // the methods that reached the API
}

// main is the learner's own call. It reports false if the run didn't get that far.
func (e runEnd) main() (callEnd, bool) {
	at := slices.IndexFunc(e.Calls, func(c callEnd) bool { return c.Role == scenario.Main })
	if at < 0 {
		return callEnd{}, false
	}
	return e.Calls[at], true
}

// sent lists the methods of all calls that reached the API.
func (e runEnd) sent() []string {
	methods := []string{}
	for _, call := range e.Calls {
		methods = append(methods, call.Sent...)
	}
	return methods
}

// trial is a scenario and an attempt to play in one engine.
type trial struct {
	scenario *scenario.Scenario
	attempt  scenario.Attempt
	origins  origin.Set
	engine   cors.Engine
}

// Bounds on how much of one file is played.
const (
	maxCookieCalls = 4     // calls of a run that may carry a cookie: each doubles the ways to play it
	maxCalls       = 3_000 // calls in total; the rest isn't played
	bodyPerCall    = 512   // bytes of bodies that cost as much as a call
)

// play sends the given number of times, once for each combination of calls that may
// carry a cookie. It returns how the Sends end in each combination, or nil if that
// can't be predicted.
func (t trial) play(sends int, left *int) [][]runEnd {
	if t.cachesHTTP() {
		return nil
	}
	cookieCalls := t.cookieCalls()
	if cookieCalls > maxCookieCalls {
		return nil
	}
	var ways [][]runEnd
	for way := range 1 << cookieCalls {
		*left -= sends * t.cost()
		if *left < 0 {
			return nil
		}
		endings, known := t.playWay(way, sends)
		if !known {
			return nil
		}
		ways = append(ways, endings)
	}
	return ways
}

// cookieCalls counts the calls that may or may not carry a cookie, depending on the
// browser.
func (t trial) cookieCalls() (count int) {
	for _, sender := range t.scenario.Senders(t.attempt.Script) {
		if t.mayCarryCookie(sender.Script) {
			count++
		}
	}
	return count
}

// mayCarryCookie reports whether a browser may send the account's cookie with a
// script's request.
func (t trial) mayCarryCookie(script scenario.Script) bool {
	return t.attempt.Policy.Account != nil && script.Request().Credentials != cors.OmitCredentials
}

// cachesHTTP reports whether a browser may use a response from its HTTP cache instead
// of sending a request.
func (t trial) cachesHTTP() bool {
	urls := make(map[string]bool)
	again := t.attempt.Script.Pinned
	for _, sender := range t.scenario.Senders(t.attempt.Script) {
		again = again || urls[sender.Script.URL]
		urls[sender.Script.URL] = true
	}
	if !again {
		return false
	}
	keep := []string{"Cache-Control", "Expires", "Last-Modified", "ETag"}
	set := t.attempt.Policy
	return slices.ContainsFunc(set.Groups(), func(g policy.Group) bool {
		return slices.ContainsFunc(policy.On(set.Reply(g).Headers), func(h policy.Header) bool { return named(h.Name, keep...) })
	})
}

const sessionID = "dryrundryrundryrun"

// cost is the cost of one Send, in calls. A call with a large body counts as several.
func (t trial) cost() (calls int) {
	for _, sender := range t.scenario.Senders(t.attempt.Script) {
		calls += 1 + len(bodyOf(sender.Script.Body))/bodyPerCall
	}
	return calls
}

// playWay plays one combination in a session of its own. It reports false if something
// can't be predicted.
func (t trial) playWay(way, sends int) (endings []runEnd, known bool) {
	now := time.Unix(0, 0)
	store := session.NewStore(t.origins, func() time.Time { return now }, session.DefaultBounds())
	current, err := store.Open("", sessionID, t.scenario, t.attempt, session.Position{})
	if err != nil {
		return nil, false
	}
	browser := browser{session: current, trial: t, way: way, jar: make(map[string]string)}
	for range sends {
		ending, known := browser.send()
		if !known {
			return nil, false
		}
		endings = append(endings, ending)
	}
	return endings, true
}
