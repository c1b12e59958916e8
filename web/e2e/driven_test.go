package e2e_test

import (
	"context"
	"fmt"
	"runtime"
	"testing"

	"corslab/lab/cors"
	"corslab/lab/library"
	"corslab/lab/scenario"
	"corslab/web"
	"corslab/web/browsers/driver"
	"corslab/web/browsers/drivertest"
	"corslab/web/browsers/play"
)

// startBrowser starts a browser that is driven by scripts.
func startBrowser(t *testing.T, engine cors.Engine) *play.Browser {
	t.Helper()
	return drivertest.Start(t, func(ctx context.Context) (*play.Browser, error) { return play.Start(ctx, engine, 1) })
}

// playAll plays scenarios, on as many pages at once as the browser has: the start, every
// solution and every wrong answer.
func playAll(t *testing.T, b *play.Browser, lab *web.Lab, lib *library.Library, known map[string]string) {
	for _, s := range lib.All() {
		t.Run(s.ID, func(t *testing.T) {
			if reason := known[s.ID]; reason != "" {
				t.Skip(reason)
			}
			if b.Pages() > 1 {
				t.Parallel()
			}
			use(t, b, func(p *play.Page) { playOne(t, p, lab, s) })
		})
	}
}

func playOne(t *testing.T, p *play.Page, lab *web.Lab, s *scenario.Scenario) {
	result, err := p.Play(t.Context(), lab.Origins, s)
	if err != nil {
		t.Fatal(err)
	}
	for _, problem := range result.Problems {
		t.Error(problem)
	}
	if p.Tab != nil {
		(&learner{t: t, tab: p.Tab}).checkConsole()
	}
	if want := 1 + len(s.Solutions) + len(s.Wrong); result.Sends < want {
		t.Errorf("%d presses of Send, want at least %d", result.Sends, want)
	}
}

// use borrows a page of the browser until the function returns.
func use(t *testing.T, b *play.Browser, use func(*play.Page)) {
	t.Helper()
	if err := b.Use(t.Context(), use); err != nil {
		t.Fatal(err)
	}
}

// tabsOf returns a browser whose pages are tabs of a running Chromium, one for each
// processor.
func tabsOf(t *testing.T, chromium *driver.Chromium) *play.Browser {
	t.Helper()
	pages := make([]*play.Page, runtime.GOMAXPROCS(0))
	for i := range pages {
		pages[i] = play.OfTab(newTab(t, chromium))
	}
	return play.New(chromium, pages...)
}

// drivenPage is a page of the lab in a browser that is driven by scripts.
type drivenPage struct {
	*play.Page
	t *testing.T
}

// openDriven opens the address of a scenario's page.
func openDriven(t *testing.T, page *play.Page, url string) drivenPage {
	t.Helper()
	if err := page.Open(t.Context(), url); err != nil {
		t.Fatal(err)
	}
	return drivenPage{page, t}
}

func (p drivenPage) navigate(url string) {
	p.t.Helper()
	ctx, cancel := context.WithTimeout(p.t.Context(), patience)
	defer cancel()
	if err := p.Navigate(ctx, url); err != nil {
		p.t.Fatal(err)
	}
}

// send presses Send, and checks that the page says what the browser did.
func (p drivenPage) send(s *scenario.Scenario) play.Run {
	p.t.Helper()
	run, err := p.Send(p.t.Context())
	if err != nil {
		p.t.Fatal(err)
	}
	for _, problem := range p.Check(p.t.Context(), fmt.Sprintf("run %d", run.Number), s, run) {
		p.t.Error(problem)
	}
	return run
}

// await waits until the JavaScript expression is true in the page.
func (p drivenPage) await(expression string) {
	p.t.Helper()
	p.evaluate(fmt.Sprintf(`new Promise((resolve) => {
		const look = () => (%s) ? resolve(true) : requestAnimationFrame(look)
		look()
	})`, expression), nil)
}

func (p drivenPage) evaluate(expression string, value any) {
	p.t.Helper()
	ctx, cancel := context.WithTimeout(p.t.Context(), patience)
	defer cancel()
	if value == nil {
		value = new(any)
	}
	if err := p.Evaluate(ctx, expression, value); err != nil {
		var text string
		read, stop := context.WithTimeout(p.t.Context(), patience)
		defer stop()
		_ = p.Evaluate(read, `document.body.innerText`, &text)
		p.t.Fatalf("evaluate %s: %v; the page says:\n%s", expression, err, text)
	}
}
