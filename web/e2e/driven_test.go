package e2e_test

import (
	"context"
	"encoding/json"
	"fmt"
	"testing"

	"corslab/lab/browser"
	"corslab/lab/cors"
	"corslab/lab/scenario"
	"corslab/web"
)

// driven is a browser that navigates and runs scripts, and that is all it is
// asked for.
type driven struct {
	evaluator
	engine  cors.Engine
	console *browser.Console // nil where it cannot be read
}

type evaluator interface {
	Navigate(ctx context.Context, url string) error
	Evaluate(ctx context.Context, expression string, value any) error
}

// playDriven plays a scenario: the start, every solution and every wrong answer.
func playDriven(t *testing.T, d driven, lab *web.Lab, s *scenario.Scenario) {
	t.Helper()
	visitDriven(t, d, lab, s).checkStart()
	for i, solution := range s.Solutions {
		p := visitDriven(t, d, lab, s)
		p.checkRun(p.send())
		if last := p.play(solution); !last.Solved {
			t.Errorf("solution %d does not solve: %+v", i+1, last)
		}
	}
	for i, wrong := range s.Wrong {
		if last := visitDriven(t, d, lab, s).play(wrong); last.Solved {
			t.Errorf("wrong answer %d solves, although: %s", i+1, wrong.Because)
		}
	}
}

// drivenPage is the page of one scenario in a browser that is driven by scripts.
type drivenPage struct {
	t        *testing.T
	driven   driven
	origins  scenario.Origins
	scenario *scenario.Scenario
	runs     int
}

// visitDriven opens a scenario's page in a session of its own.
func visitDriven(t *testing.T, d driven, lab *web.Lab, s *scenario.Scenario) *drivenPage {
	t.Helper()
	p := openDriven(t, d, lab.Origins.Page+"/scenarios/"+s.ID)
	p.origins, p.scenario = lab.Origins, s
	return p
}

// openDriven opens the address of a scenario's page.
func openDriven(t *testing.T, d driven, url string) *drivenPage {
	t.Helper()
	p := &drivenPage{t: t, driven: d}
	p.evaluate(`void (window.left = true)`, nil) // of the page before, which may be the same one
	p.navigate(url)
	p.await(`!window.left && history.state?.session && document.getElementById("connection")?.dataset.state === "live"`)
	return p
}

func (p *drivenPage) navigate(url string) {
	p.t.Helper()
	ctx, cancel := context.WithTimeout(p.t.Context(), patience)
	defer cancel()
	if err := p.driven.Navigate(ctx, url); err != nil {
		p.t.Fatal(err)
	}
}

// drivenRun is what the page shows of a run.
type drivenRun struct {
	Outcome, Cause, Stage, Engine, Console, Differs string
	Solved                                          bool
}

// send presses Send and waits for what the page says of it.
func (p *drivenPage) send() drivenRun {
	p.t.Helper()
	p.runs++
	p.evaluate(`document.querySelector('[data-action="send"]').click()`, nil)
	p.await(fmt.Sprintf(`document.getElementById("verdict").dataset.run === "%d"`, p.runs))
	p.await(`!document.querySelector("[data-action=send]").matches("[aria-disabled=true]") && document.getElementById("goal").dataset.state !== "running"`)
	var run drivenRun
	p.evaluate(`{
		outcome: document.getElementById("outcome").dataset.outcome,
		cause: document.getElementById("verdict").dataset.cause,
		stage: document.getElementById("verdict").dataset.stage,
		engine: document.getElementById("verdict").dataset.engine,
		console: document.querySelector(".verdict__console pre")?.textContent ?? "",
		differs: document.querySelector("[data-differs]")?.innerText ?? "",
		solved: document.getElementById("goal").hasAttribute("data-solved"),
	}`, &run)
	return run
}

// checkStart sends what the scenario starts with.
func (p *drivenPage) checkStart() {
	p.t.Helper()
	first, want := p.send(), p.scenario.Expect.For(p.driven.engine)
	if first.Outcome != string(want.Outcome) || first.Cause != string(want.Cause) || first.Stage != string(want.Stage) {
		p.t.Errorf("first run: %+v, want %s, %q at %q", first, want.Outcome, want.Cause, want.Stage)
	}
	p.checkRun(first)
}

// play puts a change in force and sends as often as it says.
func (p *drivenPage) play(change scenario.Change) drivenRun {
	p.t.Helper()
	handed, err := json.Marshal(map[string]any{"scenario": p.scenario.ID, "attempt": p.scenario.With(change, p.origins), "seq": 0, "run": p.runs})
	if err != nil {
		p.t.Fatal(err)
	}
	var answer struct{ Error string }
	p.evaluate(fmt.Sprintf(`fetch("/sessions/" + history.state.session, {method: "PUT", body: JSON.stringify(%s)}).then((r) => r.json())`, handed), &answer)
	if answer.Error != "" {
		p.t.Fatalf("the lab refused the change: %s", answer.Error)
	}
	var last drivenRun
	for range change.Sends {
		last = p.send()
		p.checkRun(last)
	}
	return last
}

// checkRun expects that the judge spoke for this engine, that the engine did as
// judged, and, where its console can be read, that it wrote the very line that
// the page shows.
func (p *drivenPage) checkRun(run drivenRun) {
	p.t.Helper()
	if run.Engine != string(p.driven.engine) || run.Differs != "" {
		p.t.Errorf("run %d is judged for %q and differs: %q", p.runs, run.Engine, run.Differs)
	}
	if run.Console == "" || p.driven.console == nil {
		return
	}
	ctx, cancel := context.WithTimeout(p.t.Context(), patience)
	defer cancel()
	if _, err := p.driven.console.WaitLine(ctx, func(line browser.Line) bool { return line.Text == run.Console }); err != nil {
		p.t.Errorf("run %d: the page shows the console line\n%s\nbut the console has\n%s", p.runs, run.Console, consoleText(p.driven.console.Lines()))
	}
}

// await waits until the JavaScript expression is true in the page.
func (p *drivenPage) await(expression string) {
	p.t.Helper()
	p.evaluate(fmt.Sprintf(`new Promise((resolve) => {
		const look = () => (%s) ? resolve(true) : requestAnimationFrame(look)
		look()
	})`, expression), nil)
}

func (p *drivenPage) evaluate(expression string, value any) {
	p.t.Helper()
	ctx, cancel := context.WithTimeout(p.t.Context(), patience)
	defer cancel()
	var ignored any
	if value == nil {
		value = &ignored
	}
	if err := p.driven.Evaluate(ctx, expression, value); err != nil {
		var text string
		read, stop := context.WithTimeout(p.t.Context(), patience)
		defer stop()
		_ = p.driven.Evaluate(read, `document.body.innerText`, &text)
		p.t.Fatalf("evaluate %s: %v; the page says:\n%s", expression, err, text)
	}
}
