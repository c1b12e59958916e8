package specimen

import (
	"embed"
	"fmt"
	"io/fs"
	"time"

	"corslab/lab/cors"
	"corslab/lab/glossary"
	"corslab/lab/scenario"
	"corslab/lab/session"
	"corslab/scenarios"
	"corslab/web/view"

	"github.com/a-h/templ"
)

// own holds scenarios for the states into which no shipped one comes.
//
//go:embed scenarios/*.yaml
var own embed.FS

// sessionID stands in every address of the API that a specimen shows.
const sessionID = "specimenspecimen"

// stage is where the specimens' sessions are played. It keeps the first error.
type stage struct {
	shipped  *scenario.Library
	own      *scenario.Library
	glossary *glossary.Glossary
	origins  scenario.Origins
	err      error
}

func newStage() (*stage, error) {
	shipped, err := scenario.Load(scenario.Source{Name: "scenarios", FS: scenarios.Files})
	if err != nil {
		return nil, err
	}
	files, err := fs.Sub(own, "scenarios")
	if err != nil {
		return nil, err
	}
	others, err := scenario.Load(scenario.Source{Name: "specimen/scenarios", FS: files})
	if err != nil {
		return nil, err
	}
	origins, err := scenario.NewOrigins("localhost:8080", "localhost:8000")
	return &stage{shipped: shipped, own: others, glossary: glossary.New(), origins: origins}, err
}

// find returns a scenario; its error is kept, and any scenario stands in.
func (st *stage) find(id string) *scenario.Scenario {
	if found := st.shipped.Find(id); found != nil {
		return found
	}
	if found := st.own.Find(id); found != nil {
		return found
	}
	st.keep(fmt.Errorf("specimen: there is no scenario %q", id))
	return st.own.All()[0]
}

func (st *stage) keep(err error) {
	if st.err == nil {
		st.err = err
	}
}

// round is one press of Send, or what somebody sends by hand.
type round struct {
	byHand   bool
	requests []session.Request // that reach the API
	report   session.Report    // what the script gets; of no type while the run goes on
	engine   cors.Engine       // of the browser, Chromium's where none is named
}

// play has a learner change a scenario and then send, and returns the journal.
func (st *stage) play(id string, change scenario.Change, rounds ...round) []session.Entry {
	found := st.find(id)
	played, err := session.NewStore(clock()).Open(sessionID, found, found.With(change, st.origins), session.Position{})
	if err != nil {
		st.keep(fmt.Errorf("specimen: play %s: %w", id, err))
		return nil
	}
	for _, r := range rounds {
		if err := r.send(played, st.origins); err != nil {
			st.keep(fmt.Errorf("specimen: play %s: %w", id, err))
		}
	}
	entries, _ := played.Entries(0)
	return entries
}

func (r round) send(to *session.Session, origins scenario.Origins) error {
	var run session.Run
	if !r.byHand {
		run = to.Start(origins)
	}
	for _, request := range r.requests {
		to.Receive(run.Segment, request)
	}
	if r.report.Type == "" {
		return nil
	}
	engine := r.engine
	if engine == "" {
		engine = cors.Chromium
	}
	return to.Settle(run.Number, r.report, engine)
}

// clock always shows the same times, a little later at each look.
func clock() func() time.Time {
	at := time.Date(2026, time.November, 22, 12, 0, 0, 0, time.UTC)
	return func() time.Time {
		at = at.Add(3 * time.Millisecond)
		return at
	}
}

// arrived is what the socket brings of the entries.
func arrived(entries []session.Entry) []templ.Component {
	fragments := make([]templ.Component, len(entries))
	for i, e := range entries {
		_, fragments[i] = view.Fragment(e)
	}
	return fragments
}

// newest returns the run that was settled last.
func (st *stage) newest(entries []session.Entry) (run int, s session.Settled) {
	for _, e := range entries {
		if e.Settled != nil {
			run, s = e.Run, *e.Settled
		}
	}
	if run == 0 {
		st.keep(fmt.Errorf("specimen: no run of %d entries is settled", len(entries)))
	}
	return run, s
}
