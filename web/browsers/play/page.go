package play

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"corslab/lab/cors"
	"corslab/lab/scenario"
	"corslab/web/browsers/driver"
)

const (
	// patience bounds steps that can take as long as a run. The page gives up earlier,
	// and says so.
	patience = time.Minute
	// lateness bounds the wait for events that follow the end of a run by milliseconds.
	lateness = 10 * time.Second
)

// Driver is a browser's page that can navigate and evaluate expressions.
type Driver interface {
	Navigate(ctx context.Context, url string) error
	Evaluate(ctx context.Context, expression string, value any) error
}

// Page is a browser's page that shows a scenario.
type Page struct {
	Driver
	Engine  cors.Engine
	Console *driver.Console // nil if it can't be read
	Tab     *driver.Tab     // of Chromium, which names failures; otherwise nil
}

// OfTab returns a page in a tab of Chromium.
func OfTab(tab *driver.Tab) *Page {
	return &Page{Engine: cors.Chromium, Driver: tab, Console: &tab.Console, Tab: tab}
}

// Open opens the address of a scenario's page and waits until its log is live. It gets a
// new session, unless the previous page had the same address.
func (p *Page) Open(ctx context.Context, url string) error {
	within, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	if err := p.open(within, url); err != nil {
		return fmt.Errorf("open %s: %w", url, outOfPatience(ctx, err))
	}
	return nil
}

func (p *Page) open(ctx context.Context, url string) error {
	// A browser can still evaluate in the previous page for a while.
	if err := p.evaluate(ctx, `void (window.left = true)`, nil); err != nil {
		return fmt.Errorf("leave the page before: %w", err)
	}
	if err := p.Navigate(ctx, url); err != nil {
		return err
	}
	const live = `!window.left && history.state?.session && ` +
		`document.getElementById("connection")?.dataset.state === "live"`
	err := p.evaluate(ctx, until(live), nil)
	for tries := 0; err != nil && ctx.Err() == nil && tries < 10; tries++ { // the previous page went away during the evaluation
		err = p.evaluate(ctx, until(live), nil)
	}
	return err
}

// Run is what the page shows of a run.
type Run struct {
	Number                int
	Outcome, Cause, Stage string
	Engine                string   // that it is judged for
	Console               string   // the message that should be in the console; may be empty
	Differs               []string // how the browser differed from the judge
	Sent                  []string // methods that reached the API, in order
	Solved                bool
	Unmet                 []Unmet // facts of the goal
}

// Unmet is a fact of the goal that didn't hold.
type Unmet struct {
	Line int // from 0
	Text string
}

// Send presses Send and waits for the result.
func (p *Page) Send(ctx context.Context) (Run, error) {
	var said struct {
		Run
		Notice string
	}
	if err := p.evaluate(ctx, send, &said); err != nil {
		return Run{}, fmt.Errorf("send: %w", err)
	}
	if said.Notice != "" {
		return Run{}, fmt.Errorf("send: the page says: %s", said.Notice)
	}
	return said.Run, nil
}

// send presses the button, waits for the end of the run, and returns what the page
// shows. If the run failed to start, it returns the notice instead.
const send = `(async () => {
	const by = (id) => document.getElementById(id)
	const button = () => document.querySelector("[data-action=send]")
	const idle = () => !button().matches("[aria-disabled=true]") && by("goal").dataset.state !== "running"
	const before = by("verdict").dataset.run
	const judged = () => (by("verdict").dataset.run ?? before) !== before
	button().click()
	await ` + untilTrue + `(() => idle() && (judged() || by("notice").textContent !== ""))
	if (!judged()) return { notice: by("notice").textContent }
	const run = by("verdict").dataset.run
	return {
		number: Number(run),
		outcome: by("outcome").dataset.outcome,
		cause: by("verdict").dataset.cause,
		stage: by("verdict").dataset.stage,
		engine: by("verdict").dataset.engine,
		console: document.querySelector(".verdict__console pre")?.textContent ?? "",
		differs: [...document.querySelectorAll("[data-differs] li")].map((e) => e.textContent.trim()),
		sent: [...document.querySelectorAll("[data-entry]")].filter((e) => e.dataset.run === run).map((e) => e.dataset.entry),
		solved: by("goal").hasAttribute("data-solved"),
		unmet: [...document.querySelectorAll(".goal__line")].flatMap((e, line) =>
			"held" in e.dataset ? [] : [{ line, text: e.firstChild?.textContent?.trim() ?? "" }]),
	}
})()`

// Reset presses Reset after a run, and waits until the scenario's start is in force
// again.
func (p *Page) Reset(ctx context.Context) error {
	const reset = `(document.querySelector("[data-action=reset]").click(), ` +
		`(` + untilTrue + `)(() => document.getElementById("verdict").dataset.state === "empty"))`
	if err := p.evaluate(ctx, reset, nil); err != nil {
		return fmt.Errorf("reset: %w", err)
	}
	return nil
}

// Put puts an attempt in force without the page's controls.
func (p *Page) Put(ctx context.Context, s *scenario.Scenario, attempt scenario.Attempt) error {
	state, err := json.Marshal(map[string]any{"scenario": s.ID, "attempt": attempt, "seq": 0, "run": 0})
	if err != nil {
		return fmt.Errorf("put an attempt in force: %w", err)
	}
	const put = `fetch("/sessions/" + history.state.session, { method: "PUT", body: JSON.stringify(%s) }).then((r) => r.json())`
	var response struct{ Error string }
	if err := p.evaluate(ctx, fmt.Sprintf(put, state), &response); err != nil {
		return fmt.Errorf("put an attempt in force: %w", err)
	}
	if response.Error != "" {
		return fmt.Errorf("the lab refuses it: %s", response.Error)
	}
	return nil
}

// evaluate is Evaluate with a timeout, for an expression whose value may be ignored.
func (p *Page) evaluate(ctx context.Context, expression string, value any) error {
	if value == nil {
		value = new(any)
	}
	within, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	return outOfPatience(ctx, p.Evaluate(within, expression, value))
}

// outOfPatience says in the error that the timeout ended the wait, and not ctx.
func outOfPatience(ctx context.Context, err error) error {
	if errors.Is(err, context.DeadlineExceeded) && ctx.Err() == nil {
		return fmt.Errorf("nothing came within %v", patience)
	}
	return err
}

// until returns an expression that waits until another one is true.
func until(expression string) string {
	return "(" + untilTrue + ")(() => (" + expression + "))"
}

// untilTrue is a function that evaluates the condition whenever the page changes. Unlike
// polling each frame, this costs no frames.
const untilTrue = `((look) => new Promise((resolve) => {
	if (look()) return resolve(true)
	const observer = new MutationObserver(() => {
		if (!look()) return
		observer.disconnect()
		resolve(true)
	})
	observer.observe(document, { attributes: true, childList: true, characterData: true, subtree: true })
}))`
