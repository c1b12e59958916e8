// Package session keeps what one learner does: the [Session] with the attempt
// in force, the runs that were made with it, the small resource that they
// read and change, and the journal, an [Entry] for every request that reached
// the API and for every run.
//
// A session is safe for use by several goroutines. The package knows neither
// HTTP servers nor HTML; it is told the time.
package session

import (
	"errors"
	"fmt"
	"sync"
	"time"

	"corslab/lab/cors"
	"corslab/lab/inert"
	"corslab/lab/scenario"
)

// Errors that callers tell apart.
var (
	ErrNotFound = errors.New("no such session")
	ErrFull     = errors.New("the lab can't serve any more pages right now; try again in a few minutes")
	ErrID       = errors.New("a session id has 16 to 32 of a-z and 0-9")
	ErrRun      = errors.New("no such open run")
	ErrReport   = errors.New("not a report of what the script got")
	ErrPosition = errors.New("a page's position is a number from 0 to 2^50")
)

// Errors of a client that takes too much.
var (
	ErrClientFull = errors.New("your network address has too many pages of this lab open; close some, then try again in a few minutes")
	ErrTooFast    = errors.New("your network address opens pages too fast; try again in a few seconds")
)

// Session is one learner's lab: one scenario, its attempt, runs and journal.
type Session struct {
	ID string

	client  string // that opened it
	now     func() time.Time
	origins scenario.Origins
	journal journal

	mu       sync.Mutex
	scenario *scenario.Scenario
	attempt  scenario.Attempt
	size     int // of the attempt, in bytes
	answers  answers
	messages messages
	account  account
	cookies  cookieJar
	cache    sharedCache
	browser  browserCache
	caches   caches
	run      *Run        // the newest; nil before the first
	last     *Run        // the newest that is settled; nil before the first
	runs     int         // number of the newest run
	solved   bool        // by the newest run that is settled
	pin      int         // the run whose URL a pinned script uses; 0 before the first
	segment  int         // that is in the newest run's URLs; 0 before the first since Reset
	engine   cors.Engine // of the learner's browser, as of the newest run that is settled
	used     time.Time
	watchers int
	left     time.Time     // when the last watcher left
	ended    chan struct{} // closed when the store has dropped the session

	kept    kept
	holds   int // the bytes of kept that aren't the journal's
	dropped bool
}

// Position is how far a page has come, so that a session made anew goes on
// counting from there: after a restart no number means two things.
type Position struct {
	Seq uint64 // last entry that the page saw
	Run int    // last run that it started
}

func newSession(id, client string, from Position, st *Store) *Session {
	s := &Session{
		ID: id, client: client, now: st.now, origins: st.origins, runs: from.Run,
		messages: newMessages(), account: newAccount(id), cookies: make(cookieJar), browser: newBrowserCache(), caches: newCaches(),
		left: st.now(), ended: make(chan struct{}), kept: kept{budget: st.budget},
	}
	s.journal = journal{next: from.Seq + 1, kept: &s.kept}
	return s
}

// Put sets the scenario and the attempt that are in force from now on. The
// attempt must be the scenario's start or one that its method Take has passed.
func (s *Session) Put(sc *scenario.Scenario, attempt scenario.Attempt) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if attempt.Policy.Cache != s.attempt.Policy.Cache {
		s.cache = sharedCache{}
	}
	s.scenario, s.attempt, s.used = sc, attempt, s.now()
	s.answers = compile(attempt.Policy, s.origins)
	s.size = sizeOfAttempt(attempt)
	s.weigh()
}

// Reset gives the messages back their first state, signs out, empties the shared
// cache, and moves a pinned script to a fresh URL, of which no cache knows.
func (s *Session) Reset() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.account, s.cache = newAccount(s.ID), sharedCache{}
	s.messages, s.pin, s.segment, s.solved, s.used = newMessages(), 0, 0, false, s.now()
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
	return Position{Seq: s.journal.last(), Run: s.runs}
}

// Entries returns the entries after the sequence number that the journal still
// keeps, oldest first, and a channel that is closed at the next one.
func (s *Session) Entries(after uint64) ([]Entry, <-chan struct{}) { return s.journal.after(after) }

// Start opens a run with the attempt in force and journals it. The account holds
// again what it held at first.
func (s *Session) Start() Run {
	defer s.kept.budget.relieve()
	s.mu.Lock()
	defer s.mu.Unlock()
	s.used = s.now()
	s.runs++
	segment := s.runs
	if s.attempt.Script.Pinned {
		if s.pin == 0 {
			s.pin = s.runs
		}
		segment = s.pin
	}
	s.segment = segment
	s.account.balance = scenario.OpeningBalance
	s.run = &Run{Number: s.runs, Segment: segment, change: s.change(), size: s.size, parts: s.scenario.Parts(s.attempt.Script), knows: make(map[scenario.Caller]known)}
	s.call(true)
	s.weigh()
	return *s.run
}

// change says what is set for the next run, and how it differs from what the
// settled run before it was made with.
func (s *Session) change() Change {
	if s.last == nil {
		return Change{Attempt: s.attempt, Edits: s.attempt.Difference(s.scenario.Start(s.origins))}
	}
	before := s.last.change.Attempt
	return Change{Attempt: s.attempt, Since: s.last.Number, Edits: s.attempt.Difference(before)}
}

// call opens the next call of the run.
func (s *Session) call(first bool) {
	r, part := s.run, s.run.parts[0]
	script, o := part.Script, s.origins
	r.parts = r.parts[1:]
	if s.attempt.Policy.Account != nil {
		script = r.knows[script.From].fill(script, s.account)
	}
	r.Call = Call{
		Number: r.Call.Number + 1, Role: part.Role, Script: script,
		URL: script.At(s.ID, r.Segment, o), Page: script.Runner().URL(o), Origin: script.From.Origin(o),
		account: s.account.cookieName(), prefix: s.prefix(r.Segment), started: s.used, answers: s.answers,
	}
	s.journal.append(Entry{Time: s.now(), Run: r.Number, Call: r.Call.Number, Started: &Started{First: first, Role: part.Role, Origin: r.Call.Origin, Script: script}})
}

// Receive journals a request that reached the API and returns what to answer:
// what the policy says, no more. The segment is the run in the request's URL.
func (s *Session) Receive(segment int, r Request) Answer {
	defer s.kept.budget.relieve()
	s.mu.Lock()
	defer s.mu.Unlock()
	s.used = s.now()
	received := s.cachedOrAnswered(segment, r)
	received.Via = r.via()
	s.browser.take(r.Host+s.prefix(segment)+r.Target, received, s.used)
	entry := Entry{Time: s.used, Run: s.numberOf(segment), Received: received}
	if s.run != nil && entry.Run == s.run.Number {
		entry.Call = s.run.Call.Number
		received.Permit = s.run.Call.note(s.journal.last()+1, received)
	}
	s.journal.append(entry)
	s.weigh()
	return received.Answer
}

// prefix is what stands before the path in the URLs of a run.
func (s *Session) prefix(segment int) string { return fmt.Sprintf("/%s/%d", s.ID, segment) }

// cachedOrAnswered has the shared cache answer, where one stands there and can,
// else the API.
func (s *Session) cachedOrAnswered(segment int, r Request) *Received {
	mode, url := s.attempt.Policy.Cache, r.Host+s.prefix(segment)+r.Target
	if mode == "" || mode == scenario.CacheOff {
		return s.answer(segment, r)
	}
	if kept, found := s.cache.find(mode, url, r); found {
		return &Received{Request: r, Answer: kept.answer, Cached: kept.seq}
	}
	received := s.answer(segment, r)
	s.cache.take(mode, url, s.journal.last()+1, received)
	return received
}

// answer decides on the response, carries out the request, and removes the cookies
// beyond the bound.
func (s *Session) answer(segment int, r Request) *Received {
	received := s.decide(segment, r)
	s.cookies.admit(&received.Answer, r, s.account.cookieName(), s.attempt.Policy.Account != nil)
	return received
}

// decide is answer without removing cookies.
func (s *Session) decide(segment int, r Request) *Received {
	at, origin := spot{r.Host, r.Target}, r.Header("Origin")
	if asked, ok := r.Preflight(); ok {
		return &Received{Request: r, Asked: &asked, Answer: s.answers.preflight(at, origin, s.prefix(segment))}
	}
	received := &Received{Request: r, Answer: s.answers.response(at, origin, s.prefix(segment))}
	switch {
	case r.Broken:
		received.Answer.Status, received.Answer.Body = 400, inert.Error("the body broke off")
		return received
	case r.Size > MaxBody:
		received.Answer.Status = 413
		received.Answer.Body = inert.Error(fmt.Sprintf("the body has %d bytes or more, at most %d are taken", r.Size, MaxBody))
		return received
	}
	if set := s.attempt.Policy.Account; set != nil && s.account.has(r.Target) {
		s.serveAccount(received, *set, at, s.prefix(segment))
		return received
	}
	if file, found := resource(r.Target); found {
		received.Answer.Body = file
		return received
	}
	received.Answer.Body, received.Effect = s.messages.apply(r, received.Answer.Status)
	return received
}

// serveAccount has the account answer. A status that it refuses with counts as
// the policy's would, for the headers too.
func (s *Session) serveAccount(received *Received, set scenario.Account, at spot, prefix string) {
	done := s.account.serve(received.Request, set, received.Answer.Status)
	if done.status != 0 {
		received.Answer = s.answers.refusal(at, received.Request.Header("Origin"), prefix, done.status)
	}
	received.Answer.Body, received.Effect = done.body, done.effect
	if done.setCookie != "" {
		received.Answer.Headers["Set-Cookie"] = append(received.Answer.Headers["Set-Cookie"], done.setCookie)
	}
}

// numberOf returns the run that a request with this URL belongs to: 0 for
// none, as when someone sends by hand.
func (s *Session) numberOf(segment int) int {
	switch {
	case s.run != nil && segment == s.run.Segment:
		return s.run.Number
	case segment > 0 && segment <= s.runs:
		return segment
	}
	return 0
}

// Settle closes the open call with what its script got, has it judged for the
// engine of the learner's browser and for the others, and journals it. It
// returns the run with its next call, and false where there is none.
func (s *Session) Settle(number int, report Report, engine cors.Engine) (next Run, more bool, err error) {
	if err := report.check(); err != nil {
		return Run{}, false, err
	}
	defer s.kept.budget.relieve()
	s.mu.Lock()
	defer s.mu.Unlock()
	defer s.weigh()
	if s.run == nil || s.run.Number != number || s.run.over {
		return Run{}, false, fmt.Errorf("settle run %d: %w", number, ErrRun)
	}
	s.used, s.engine = s.now(), engine
	s.browser.spare(&s.run.Call)
	settled := s.run.settle(report, s.scenario, s.origins, s.account)
	settled.Judged = s.caches.judge(&s.run.Call, engine)
	settled.Judged.compare(settled, s.run.Call.unfit())
	if settled.Role == scenario.Main {
		s.run.main = settled.remnant()
	}
	settled.SolvedAnew = settled.Solved && !s.solved
	s.solved = s.solved && !settled.Last || settled.Solved
	s.journal.append(Entry{Time: s.now(), Run: number, Call: s.run.Call.Number, Settled: &settled})
	if settled.Last {
		s.run.release()
		s.last = s.run
		return *s.run, false, nil
	}
	s.call(false)
	return *s.run, true, nil
}
