// Package session keeps one learner's record. A [Session] has the attempt in force, the
// runs made with it, the judge's verdicts, and the journal: an [Entry] for every run
// and for every request that reached the API. The API itself is package backend's.
//
// A session is safe for use by several goroutines. The package knows neither
// HTTP servers nor HTML, and it gets the time from its caller.
package session

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"time"

	"corslab/lab/backend"
	"corslab/lab/cors"
	"corslab/lab/endpoint"
	"corslab/lab/origin"
	"corslab/lab/scenario"
	"corslab/lab/wire"
)

// Errors that callers can tell apart.
var (
	ErrNotFound = errors.New("no such session")
	ErrFull     = errors.New("the lab can't serve any more pages right now; try again in a few minutes")
	ErrID       = errors.New("a session id has 16 to 32 of a-z and 0-9")
	ErrRun      = errors.New("no such open run")
	ErrReport   = errors.New("not a report of what the script got")
	ErrPosition = errors.New("a page's position is a number from 0 to 2^50")
)

// Errors for a client that uses too much.
var (
	ErrClientFull = errors.New("your network address has too many pages of this lab open; close some, then try again in a few minutes")
	ErrTooFast    = errors.New("your network address opens pages too fast; try again in a few seconds")
)

// Session is one learner's lab: a scenario, the attempt, the API, the runs and the
// journal.
type Session struct {
	ID string

	client  Client // that opened it
	now     func() time.Time
	origins origin.Set
	journal journal
	usage   usage
	ended   chan struct{} // closed when the store has dropped the session

	mu       sync.Mutex // guards the fields below
	activity activity
	scenario *scenario.Scenario
	attempt  scenario.Attempt
	backend  *backend.Backend
	runs     runs

	engine     cors.Engine // the learner's browser in the newest settled run
	browser    browserCache
	preflights preflightCaches

	attemptSize int // in bytes
	otherBytes  int // the bytes in usage that aren't the journal's
	dropped     bool
}

// Position is how far a page has come. A session that is opened again continues from
// there, so that no number is used twice after a restart.
type Position struct {
	Seq uint64 // last entry that the page saw
	Run int    // last run that it started
}

func newSession(client Client, id string, from Position, st *Store) *Session {
	s := &Session{
		ID: id, client: client, now: st.now, origins: st.origins, usage: usage{budget: st.budget}, ended: make(chan struct{}),
		activity: activity{left: st.now()}, backend: backend.New(id, st.origins), runs: runs{number: from.Run},
		browser: newBrowserCache(), preflights: newPreflightCaches(),
	}
	s.journal = journal{next: from.Seq + 1, usage: &s.usage}
	return s
}

// Put sets the scenario and the attempt in force from now on. The attempt must be the
// scenario's start, or one that the scenario's method Take has accepted.
func (s *Session) Put(sc *scenario.Scenario, attempt scenario.Attempt) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.scenario, s.attempt, s.activity.used = sc, attempt, s.now()
	s.backend.SetPolicy(attempt.Policy)
	s.attemptSize = sizeOfAttempt(attempt)
	s.weigh()
}

// Reset restores the messages, signs out, empties the shared cache, and moves a pinned
// script to a fresh URL that no cache knows.
func (s *Session) Reset() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.backend.Reset()
	s.runs.reset()
	s.activity.used = s.now()
	s.weigh()
}

// Attempt returns the scenario and the attempt in force.
func (s *Session) Attempt() (*scenario.Scenario, scenario.Attempt) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.scenario, s.attempt
}

// Position returns the numbers of the newest entry and the newest run.
func (s *Session) Position() Position {
	s.mu.Lock()
	defer s.mu.Unlock()
	return Position{Seq: s.journal.last(), Run: s.runs.number}
}

// Entries returns the entries after the sequence number that are still in the journal,
// oldest first, and a channel that is closed when the next one is added.
func (s *Session) Entries(after uint64) ([]Entry, <-chan struct{}) { return s.journal.after(after) }

// Start starts a run with the attempt in force, records it in the journal, and restores
// the account's balance.
func (s *Session) Start() Run {
	defer s.usage.budget.relieve()
	s.mu.Lock()
	defer s.mu.Unlock()
	s.activity.used = s.now()
	s.backend.RestoreBalance()
	number, segment := s.runs.count(s.attempt.Script.Pinned)
	s.runs.newest = &run{
		number: number, segment: segment, change: s.change(), size: s.attemptSize,
		pending: s.scenario.Senders(s.attempt.Script), secrets: make(map[scenario.Caller]secrets),
	}
	s.call(true)
	s.weigh()
	return s.runs.newest.shown()
}

// change returns the attempt for the next run, and how it differs from the last settled
// run.
func (s *Session) change() Change {
	last := s.runs.settled
	if last == nil {
		return Change{Attempt: s.attempt, Edits: s.attempt.Difference(s.scenario.Start(s.origins))}
	}
	return Change{Attempt: s.attempt, Since: last.number, Edits: s.attempt.Difference(last.change.Attempt)}
}

// call starts the next call of the run.
func (s *Session) call(first bool) {
	r, sender := s.runs.newest, s.runs.newest.pending[0]
	script, o := sender.Script, s.origins
	r.pending = r.pending[1:]
	if s.attempt.Policy.Account != nil {
		script = r.secrets[script.From].fill(script)
	}
	r.call = call{
		Call: Call{
			Number: r.call.Number + 1, Role: sender.Role, Script: script,
			URL: script.At(s.ID, r.segment, o), Page: script.Runner().URL(o), Origin: script.From.Origin(o),
		},
		account: s.backend.CookieName(), session: s.ID, segment: r.segment, started: s.activity.used, api: s.backend.ReadOnly(), origins: o,
	}
	s.journal.append(Entry{Time: s.now(), Run: r.number, Call: r.call.Number, Started: &Started{First: first, Role: sender.Role, Origin: r.call.Origin, Script: script}})
}

// Respond has the API respond to a request and journals both. The session is a
// [wire.Server]; its only error is a URL of another session. The context doesn't
// matter, because a request that arrived has its effect even if its client has
// gone.
func (s *Session) Respond(_ context.Context, r wire.Request) (wire.Response, error) {
	to := endpoint.Parse(r.URL)
	if err := to.Check(s.ID); err != nil {
		return wire.Response{}, err
	}
	defer s.usage.budget.relieve()
	s.mu.Lock()
	defer s.mu.Unlock()
	s.activity.used = s.now()
	seq := s.journal.last() + 1
	handled := s.backend.Handle(r, seq)
	received := &Received{
		Request: r, Response: handled.Response, Withheld: handled.Withheld, Asked: handled.Asked,
		Effect: handled.Effect, Via: backend.ViaOf(r), Cached: handled.Cached,
	}
	s.browser.take(r, handled.Response, s.activity.used)
	entry := Entry{Time: s.activity.used, Run: s.runs.numberOf(to.Run), Received: received}
	if s.runs.isCurrent(entry.Run) {
		entry.Call = s.runs.newest.call.Number
		received.Permit = s.runs.newest.call.note(seq, received)
	}
	s.journal.append(entry)
	s.weigh()
	return handled.Response, nil
}

// Settle ends the open call with the script's report, has it judged for the learner's
// browser and the other engines, and records the result in the journal. It returns the
// run with its next call. more is false if there is none.
func (s *Session) Settle(number int, report Report, engine cors.Engine) (next Run, more bool, err error) {
	if err := report.check(); err != nil {
		return Run{}, false, err
	}
	defer s.usage.budget.relieve()
	s.mu.Lock()
	defer s.mu.Unlock()
	defer s.weigh()
	run := s.runs.newest
	if run == nil || run.number != number || run.over {
		return Run{}, false, fmt.Errorf("settle run %d: %w", number, ErrRun)
	}
	s.activity.used, s.engine = s.now(), engine
	s.browser.supply(&run.call)
	settled := run.settle(report, s.scenario, s.origins, s.backend)
	settled.Judged = s.preflights.judge(&run.call, engine)
	settled.Judged.compare(settled, run.call.mismatch())
	if settled.Role == scenario.Main {
		run.main = settled.brief()
	}
	settled.NewlySolved = settled.Solved && !s.runs.solved
	s.runs.solved = s.runs.solved && !settled.Last || settled.Solved
	s.journal.append(Entry{Time: s.now(), Run: number, Call: run.call.Number, Settled: &settled})
	if settled.Last {
		run.release()
		s.runs.settled = run
		return run.shown(), false, nil
	}
	s.call(false)
	return run.shown(), true, nil
}
