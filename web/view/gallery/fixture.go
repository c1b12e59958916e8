package gallery

import (
	"embed"
	"fmt"
	"io/fs"
	"time"

	"corslab/lab/cors"
	"corslab/lab/endpoint"
	"corslab/lab/glossary"
	"corslab/lab/library"
	"corslab/lab/origin"
	"corslab/lab/scenario"
	"corslab/lab/session"
	"corslab/lab/wire"
	"corslab/scenarios"
	"corslab/web/view"

	"github.com/a-h/templ"
)

// own holds scenarios for states that no shipped scenario can reach.
//
//go:embed scenarios/*.yaml
var own embed.FS

// sessionID is part of every API address in the samples.
const sessionID = "samplesamplesample"

// fixture plays the samples' sessions. It keeps the first error.
type fixture struct {
	shipped  *library.Library
	own      *library.Library
	glossary *glossary.Glossary
	origins  origin.Set
	err      error
}

func newFixture() (*fixture, error) {
	shipped, err := library.Load(library.Source{Name: "scenarios", FS: scenarios.Files})
	if err != nil {
		return nil, err
	}
	files, err := fs.Sub(own, "scenarios")
	if err != nil {
		return nil, err
	}
	others, err := library.Load(library.Source{Name: "sample/scenarios", FS: files})
	if err != nil {
		return nil, err
	}
	origins, err := origin.New("localhost:8080", "localhost:8000")
	return &fixture{shipped: shipped, own: others, glossary: glossary.New(), origins: origins}, err
}

// find returns a scenario. On error it records the error and returns any scenario.
func (st *fixture) find(id string) *scenario.Scenario {
	if found := st.shipped.Find(id); found != nil {
		return found
	}
	if found := st.own.Find(id); found != nil {
		return found
	}
	st.keep(fmt.Errorf("sample: there is no scenario %q", id))
	return st.own.All()[0]
}

func (st *fixture) lanes(id string) view.Lanes { return view.LanesOf(st.find(id), st.origins) }

func (st *fixture) keep(err error) {
	if st.err == nil {
		st.err = err
	}
}

// round is one press of Send, or one request that is sent without the page.
type round struct {
	byHand   bool
	via      endpoint.Via   // the kind of proxy that it goes through; "" for none
	requests []wire.Request // the requests that reach the API
	report   session.Report // what the script gets; without a type while the run goes on
	engine   cors.Engine    // of the browser; "" for Chromium
}

// played is a session's journal and the lanes to draw it with.
type played struct {
	lanes   view.Lanes
	entries []session.Entry
	caches  session.Caches // at the end
}

// play changes a scenario and then sends, as a learner does.
func (st *fixture) play(id string, change scenario.Change, rounds ...round) played {
	return st.playOf(st.find(id), change, rounds...)
}

func (st *fixture) playOf(found *scenario.Scenario, change scenario.Change, rounds ...round) played {
	current, err := session.NewStore(st.origins, clock(), session.DefaultBounds()).Open("", sessionID, found, found.With(change, st.origins), session.Position{})
	if err != nil {
		st.keep(fmt.Errorf("sample: play %s: %w", found.ID, err))
		return played{}
	}
	for _, r := range rounds {
		if err := r.send(current, st.origins); err != nil {
			st.keep(fmt.Errorf("sample: play %s: %w", found.ID, err))
		}
	}
	entries, _ := current.Entries(0)
	return played{view.LanesOf(found, st.origins), entries, current.Caches()}
}

func (r round) send(to *session.Session, o origin.Set) error {
	var run session.Run
	if !r.byHand {
		run = to.Start()
	}
	for _, request := range r.requests {
		if err := r.pass(to, o, run.Segment, request); err != nil {
			return err
		}
	}
	if r.report.Type == "" {
		return nil
	}
	engine := r.engine
	if engine == "" {
		engine = cors.Chromium
	}
	next, more, err := to.Settle(run.Number, r.report, engine)
	for more && err == nil { // the other callers send the same requests
		for _, request := range r.requests {
			if err := r.pass(to, o, run.Segment, from(next.Call.Origin, request)); err != nil {
				return err
			}
		}
		next, more, err = to.Settle(run.Number, r.report, engine)
	}
	return err
}

// began is the time at which every session begins.
func began() time.Time { return time.Date(2026, time.November, 22, 12, 0, 0, 0, time.UTC) }

// viewedAt is the time for which a session's caches are shown.
func viewedAt() time.Time { return began().Add(time.Minute) }

// clock returns a clock that starts at began and advances 3 ms with each reading.
func clock() func() time.Time {
	at := began()
	return func() time.Time {
		at = at.Add(3 * time.Millisecond)
		return at
	}
}

// arrived renders the entries as the socket sends them.
func arrived(p played) []templ.Component {
	fragments := make([]templ.Component, len(p.entries))
	for i, e := range p.entries {
		_, fragments[i] = view.Fragment(p.lanes, e)
	}
	return fragments
}

// last returns the last call of the last run.
func (st *fixture) last(p played) (s session.Settled) {
	for _, e := range p.entries {
		if e.Settled != nil && e.Settled.Last {
			s = *e.Settled
		}
	}
	return s
}

// newest returns the learner's own call in the newest run.
func (st *fixture) newest(p played) (run int, s session.Settled) {
	for _, e := range p.entries {
		if e.Settled != nil && e.Settled.Role == scenario.Main {
			run, s = e.Run, *e.Settled
		}
	}
	if run == 0 {
		st.keep(fmt.Errorf("sample: no run of %d entries is settled", len(p.entries)))
	}
	return run, s
}
