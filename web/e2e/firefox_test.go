package e2e_test

import (
	"context"
	"encoding/json"
	"fmt"
	"testing"

	"corslab/lab/browser"
	"corslab/lab/browser/browsertest"
	"corslab/lab/cors"
	"corslab/lab/scenario"
	"corslab/web"
)

// TestFirefox plays the shipped scenarios in one Firefox: the start, every
// solution and every wrong answer. What the page says of each run is what
// Firefox did and wrote into its console.
func TestFirefox(t *testing.T) {
	firefox := browsertest.Start(t, browser.StartFirefox)
	library := shipped(t)
	lab, _ := startLab(t, library, anyPort, anyPort)
	for _, s := range library.All() {
		t.Run(s.ID, func(t *testing.T) { playFirefox(t, firefox, lab, s) })
	}
}

func playFirefox(t *testing.T, firefox *browser.Firefox, lab *web.Lab, s *scenario.Scenario) {
	p := visitFirefox(t, firefox, lab, s)
	first, want := p.send(), s.Expect.For(cors.Firefox)
	if first.Outcome != string(want.Outcome) || first.Cause != string(want.Cause) || first.Stage != string(want.Stage) {
		t.Errorf("first run: %+v, want %s, %q at %q", first, want.Outcome, want.Cause, want.Stage)
	}
	p.checkRun(first)
	for i, solution := range s.Solutions {
		p := visitFirefox(t, firefox, lab, s)
		p.checkRun(p.send())
		if last := p.play(solution); !last.Solved {
			t.Errorf("solution %d does not solve: %+v", i+1, last)
		}
	}
	for i, wrong := range s.Wrong {
		if last := visitFirefox(t, firefox, lab, s).play(wrong); last.Solved {
			t.Errorf("wrong answer %d solves, although: %s", i+1, wrong.Because)
		}
	}
}

// firefoxPage is the page of one scenario in Firefox.
type firefoxPage struct {
	t        *testing.T
	firefox  *browser.Firefox
	origins  scenario.Origins
	scenario *scenario.Scenario
	runs     int
}

// visitFirefox opens a scenario's page in a session of its own.
func visitFirefox(t *testing.T, firefox *browser.Firefox, lab *web.Lab, s *scenario.Scenario) *firefoxPage {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), patience)
	defer cancel()
	for _, url := range []string{"about:blank", lab.Origins.Page + "/scenarios/" + s.ID} { // what is awaited must not be the page before
		if err := firefox.Navigate(ctx, url); err != nil {
			t.Fatal(err)
		}
	}
	p := &firefoxPage{t: t, firefox: firefox, origins: lab.Origins, scenario: s}
	p.await(`history.state?.session && document.getElementById("connection")?.dataset.state === "live"`)
	return p
}

// firefoxRun is what the page shows of a run.
type firefoxRun struct {
	Outcome, Cause, Stage, Engine, Console, Differs string
	Solved                                          bool
}

// send presses Send and waits for what the page says of it.
func (p *firefoxPage) send() firefoxRun {
	p.t.Helper()
	p.runs++
	p.evaluate(`document.querySelector('[data-action="send"]').click()`, nil)
	p.await(fmt.Sprintf(`document.getElementById("verdict").dataset.run === "%d"`, p.runs))
	p.await(`!document.querySelector("[data-action=send]").matches("[aria-disabled=true]") && document.getElementById("goal").dataset.state !== "running"`)
	var run firefoxRun
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

// play puts a change in force and sends as often as it says.
func (p *firefoxPage) play(change scenario.Change) firefoxRun {
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
	var last firefoxRun
	for range change.Sends {
		last = p.send()
		p.checkRun(last)
	}
	return last
}

// checkRun expects that the judge spoke for Firefox, that Firefox did as
// judged, and that it wrote the very line that the page shows.
func (p *firefoxPage) checkRun(run firefoxRun) {
	p.t.Helper()
	if run.Engine != string(cors.Firefox) || run.Differs != "" {
		p.t.Errorf("run %d is judged for %q and differs: %q", p.runs, run.Engine, run.Differs)
	}
	if run.Console == "" {
		return
	}
	ctx, cancel := context.WithTimeout(p.t.Context(), patience)
	defer cancel()
	if _, err := p.firefox.WaitLine(ctx, func(line browser.Line) bool { return line.Text == run.Console }); err != nil {
		p.t.Errorf("run %d: the page shows the console line\n%s\nbut the console has\n%s", p.runs, run.Console, consoleText(p.firefox.Lines()))
	}
}

// await waits until the JavaScript expression is true in the page.
func (p *firefoxPage) await(expression string) {
	p.t.Helper()
	p.evaluate(fmt.Sprintf(`new Promise((resolve) => {
		const look = () => (%s) ? resolve(true) : requestAnimationFrame(look)
		look()
	})`, expression), nil)
}

func (p *firefoxPage) evaluate(expression string, value any) {
	p.t.Helper()
	ctx, cancel := context.WithTimeout(p.t.Context(), patience)
	defer cancel()
	var ignored any
	if value == nil {
		value = &ignored
	}
	if err := p.firefox.Evaluate(ctx, expression, value); err != nil {
		var text string
		_ = p.firefox.Evaluate(p.t.Context(), `document.body.innerText`, &text)
		p.t.Fatalf("evaluate %s: %v; the page says:\n%s", expression, err, text)
	}
}
