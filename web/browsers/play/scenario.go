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

// Result is what came of one scenario in one browser.
type Result struct {
	Scenario *scenario.Scenario
	Engine   cors.Engine
	Sends    int // presses of Send
	Took     time.Duration
	Problems []Problem // none where all is as the file says
}

// Problem is a point in which a browser did otherwise than the file says.
type Problem struct {
	Where    string `json:"where"`    // what was played: start, solution 2, wrong answer 1
	At       string `json:"at"`       // in the file, such as expect.cause or solutions[1]; "" for none
	Found    string `json:"found"`    // what happened, as a clause
	Expected string `json:"expected"` // what should have; "" where that goes without saying
}

// String is one line that also names what was played.
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

// Play plays a scenario on a page of a lab with these origins: the start, every
// solution and every wrong answer. The error is ctx's, if that ends before.
func (p *Page) Play(ctx context.Context, o origin.Set, s *scenario.Scenario) (Result, error) {
	began := time.Now()
	if p.Tab != nil {
		p.Tab.Forget() // what failed in another scenario
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

// game is a scenario that is played.
type game struct {
	ctx      context.Context
	page     *Page
	origins  origin.Set
	scenario *scenario.Scenario

	where    string // what is played
	open     bool   // the page can be played on
	opened   int    // how often a page was opened
	sends    int
	problems []Problem
}

// start plays what the scenario starts with.
func (g *game) start() {
	const at = "expect"
	if !g.begin(at) {
		return
	}
	if run, ok := g.send(at); ok {
		g.checkStart(run)
	}
}

// solution plays one. Where the browser remembers, it comes after the start, as
// a learner makes it.
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

// begin brings the page to the scenario's start: by Reset, which takes a
// fraction of what it takes to load a page, where that is as good.
func (g *game) begin(at string) bool {
	var err error
	if g.open && !g.remembers() {
		err = g.page.Reset(g.ctx)
	} else {
		// The page ignores the query. With the same address it would be loaded
		// again and keep its session.
		g.opened++
		err = g.page.Open(g.ctx, fmt.Sprintf("%s/scenarios/%s?%d", g.origins.Page.String(), g.scenario.ID, g.opened))
	}
	return g.went(at, err)
}

// remembers reports whether the browser keeps something of a run for the next
// one in the same session: a preflight or an answer of a URL that stays the
// same, or the cookie of an account.
func (g *game) remembers() bool {
	return g.scenario.Script.Pinned || g.scenario.Policy.Account != nil
}

// change puts a change in force and sends as often as it says.
func (g *game) change(at string, change scenario.Change) (last Run, ok bool) {
	if !g.went(at, g.page.Put(g.ctx, g.scenario, g.scenario.With(change, g.origins))) {
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
	if !g.went(at, err) {
		return Run{}, false
	}
	for _, problem := range g.page.Check(g.ctx, g.where, g.scenario, run) {
		g.report(at, problem.Found, problem.Expected)
	}
	return run, true
}

// went notes an error, and that the page is of no use from then on.
func (g *game) went(at string, err error) bool {
	g.open = err == nil
	if err != nil && g.ctx.Err() == nil {
		g.report(at, "it could not be played: "+err.Error(), "")
	}
	return g.open
}

func (g *game) report(at, found, expected string) {
	g.problems = append(g.problems, Problem{g.where, at, found, expected})
}
