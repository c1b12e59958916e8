package gallery

import (
	"embed"
	"fmt"
	"io/fs"
	"time"

	"corslab/lab/cors"
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

// own holds scenarios for the states into which no shipped one comes.
//
//go:embed scenarios/*.yaml
var own embed.FS

// sessionID stands in every address of the API that a sample shows.
const sessionID = "samplesamplesample"

// stage is where the samples' sessions are played. It keeps the first error.
type stage struct {
	shipped  *library.Library
	own      *library.Library
	glossary *glossary.Glossary
	origins  origin.Set
	err      error
}

func newStage() (*stage, error) {
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
	st.keep(fmt.Errorf("sample: there is no scenario %q", id))
	return st.own.All()[0]
}

func (st *stage) lanes(id string) view.Lanes { return view.LanesOf(st.find(id), st.origins) }

func (st *stage) keep(err error) {
	if st.err == nil {
		st.err = err
	}
}

// round is one press of Send, or what somebody sends by hand.
type round struct {
	byHand   bool
	via      scenario.Via   // the kind of the proxy that it goes through; "" for none
	requests []wire.Request // that reach the API
	report   session.Report // what the script gets; of no type while the run goes on
	engine   cors.Engine    // of the browser, Chromium's where none is named
}

// played is what is in a session's journal, and how it is drawn.
type played struct {
	lanes   view.Lanes
	entries []session.Entry
	caches  session.Caches // in the end
}

// play has a learner change a scenario and then send.
func (st *stage) play(id string, change scenario.Change, rounds ...round) played {
	return st.playOf(st.find(id), change, rounds...)
}

func (st *stage) playOf(found *scenario.Scenario, change scenario.Change, rounds ...round) played {
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
	for more && err == nil { // the other pages do the same
		for _, request := range r.requests {
			if err := r.pass(to, o, run.Segment, from(next.Call.Origin, request)); err != nil {
				return err
			}
		}
		next, more, err = to.Settle(run.Number, r.report, engine)
	}
	return err
}

// began is when every session begins.
func began() time.Time { return time.Date(2026, time.November, 22, 12, 0, 0, 0, time.UTC) }

// lookedAt is when somebody looks at what is remembered of a session.
func lookedAt() time.Time { return began().Add(time.Minute) }

// clock always shows the same times, a little later at each look.
func clock() func() time.Time {
	at := began()
	return func() time.Time {
		at = at.Add(3 * time.Millisecond)
		return at
	}
}

// arrived is what the socket brings of the entries.
func arrived(p played) []templ.Component {
	fragments := make([]templ.Component, len(p.entries))
	for i, e := range p.entries {
		_, fragments[i] = view.Fragment(p.lanes, e)
	}
	return fragments
}

// last returns the end of the run that was over last.
func (st *stage) last(p played) (s session.Settled) {
	for _, e := range p.entries {
		if e.Settled != nil && e.Settled.Last {
			s = *e.Settled
		}
	}
	return s
}

// newest returns the run that was settled last.
func (st *stage) newest(p played) (run int, s session.Settled) {
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
