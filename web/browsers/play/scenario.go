package play

import (
	"context"
	"fmt"
	"strings"
	"time"

	"corslab/lab/cors"
	"corslab/lab/origin"
	"corslab/lab/scenario"
)

// Result is the result of one scenario in one browser.
type Result struct {
	Scenario *scenario.Scenario
	Engine   cors.Engine
	Sends    int // presses of Send
	Took     time.Duration
	Problems []Problem // none if everything matches the file
}

// Problem is a point in which a browser differs from the file.
type Problem struct {
	Where    string `json:"where"`    // what was played: start, solution 2, wrong answer 1
	At       string `json:"at"`       // in the file, such as expect.cause or solutions[1]; "" for none
	Found    string `json:"found"`    // what happened, as a clause
	Expected string `json:"expected"` // what should have happened; "" if that is obvious
}

// String returns one line that also names what was played.
func (p Problem) String() string { return p.Where + ": " + p.Difference() }

// Difference says in one line what happened, and what the file says.
func (p Problem) Difference() string {
	text := p.Found
	if p.Expected != "" {
		text += "; " + p.Expected
	}
	if p.At != "" {
		text += " (" + p.At + ")"
	}
	return strings.Join(strings.Fields(text), " ")
}

// Play plays a scenario on a page of a lab with these origins: the start, every solution
// and every wrong answer. If ctx ends first, its error is returned.
func (p *Page) Play(ctx context.Context, o origin.Set, s *scenario.Scenario) (Result, error) {
	began := time.Now()
	if p.Tab != nil {
		p.Tab.Forget() // failures of another scenario
	}
	g := &game{ctx: ctx, page: p, origins: o, scenario: s, where: "start"}
	g.start()
	for i, solution := range s.Solutions {
		g.where = fmt.Sprintf("solution %d", i+1)
		g.solution(fmt.Sprintf("solutions[%d]", i), solution)
	}
	for i, wrong := range s.Wrong {
		g.where = fmt.Sprintf("wrong answer %d", i+1)
		g.wrong(fmt.Sprintf("wrong[%d]", i), wrong)
	}
	return Result{s, p.Engine, g.sends, time.Since(began), g.problems}, ctx.Err()
}

// game is a scenario that is being played.
type game struct {
	ctx      context.Context
	page     *Page
	origins  origin.Set
	scenario *scenario.Scenario

	where    string // what is being played
	open     bool   // the page can be used
	opened   int    // how often a page was opened
	sends    int
	problems []Problem
}

// start plays the scenario's start.
func (g *game) start() {
	const at = "expect"
	if !g.begin(at) {
		return
	}
	if run, ok := g.send(at); ok {
		g.checkStart(run)
	}
}

// solution plays a solution. If the browser's caches matter, it plays the start first,
// as a learner would.
func (g *game) solution(at string, change scenario.Change) {
	if !g.begin(at) {
		return
	}
	if g.remembers() {
		if _, ok := g.send(at); !ok {
			return
		}
	}
	if run, ok := g.change(at, change); ok && !run.Solved {
		g.report(at, notSolved(run), "the file says that it solves")
	}
}

// wrong plays a wrong answer.
func (g *game) wrong(at string, change scenario.Change) {
	if !g.begin(at) {
		return
	}
	if run, ok := g.change(at, change); ok && run.Solved {
		g.report(at, "it solves", "the file says that it does not, because: "+change.Because)
	}
}

// begin brings the page to the scenario's start: with Reset if possible, because that is
// much faster than loading the page.
func (g *game) begin(at string) bool {
	var err error
	if g.open && !g.remembers() {
		err = g.page.Reset(g.ctx)
	} else {
		// The page ignores the query, but with the same address it would keep its
		// session.
		g.opened++
		err = g.page.Open(g.ctx, fmt.Sprintf("%s/scenarios/%s?%d", g.origins.Page.String(), g.scenario.ID, g.opened))
	}
	return g.succeeded(at, err)
}

// remembers reports whether the browser can carry something over from one run to the
// next in the same session: a preflight response or a response of a URL that stays the
// same, or an account's cookie.
func (g *game) remembers() bool {
	return g.scenario.Script.Pinned || g.scenario.Policy.Account != nil
}

// change puts a change in force and sends as often as it says.
func (g *game) change(at string, change scenario.Change) (last Run, ok bool) {
	if !g.succeeded(at, g.page.Put(g.ctx, g.scenario, g.scenario.With(change, g.origins))) {
		return Run{}, false
	}
	for range change.Sends {
		if last, ok = g.send(at); !ok {
			return Run{}, false
		}
	}
	return last, true
}

// send sends once, and compares what the page says with what the browser did.
func (g *game) send(at string) (Run, bool) {
	run, err := g.page.Send(g.ctx)
	g.sends++
	if !g.succeeded(at, err) {
		return Run{}, false
	}
	for _, problem := range g.page.Check(g.ctx, g.where, g.scenario, run) {
		g.report(at, problem.Found, problem.Expected)
	}
	return run, true
}

// succeeded reports whether err is nil. Otherwise it records the problem and that the
// page can't be used any more.
func (g *game) succeeded(at string, err error) bool {
	g.open = err == nil
	if err != nil && g.ctx.Err() == nil {
		g.report(at, "it could not be played: "+err.Error(), "")
	}
	return g.open
}

func (g *game) report(at, found, expected string) {
	g.problems = append(g.problems, Problem{g.where, at, found, expected})
}
