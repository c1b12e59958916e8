package session

import (
	"errors"
	"fmt"
	"reflect"

	"corslab/lab/cors"
	"corslab/lab/scenario"
)

// Errors of Draft.
var (
	ErrNotSent     = errors.New("a file says what the first Send shows: press Send with what is set now, then save")
	ErrUnexplained = errors.New("the newest run ended in a way that CORS does not explain, so a file cannot say what is expected")
)

// Draft returns a scenario that starts with the attempt in force and expects what the
// newest run with it showed.
func (s *Session) Draft() (*scenario.Scenario, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	last := s.runs.settled
	if last == nil || !reflect.DeepEqual(last.change.Attempt, s.attempt) {
		return nil, ErrNotSent
	}
	expect, err := last.main.expect()
	if err != nil {
		return nil, err
	}
	draft := s.scenario.Export(s.attempt, expect, s.origins)
	if expect.Others[last.main.Judged.Verdict.Engine].Outcome == "" { // a file says it for Chromium
		draft.Expect.Sent = last.sent(draft.GoalOutcome() == last.main.Outcome)
	}
	return draft, nil
}

// sent lists the methods of all requests of a run that reached the API. It includes the
// attacks only if the rest of the goal is reached.
func (r *run) sent(reached bool) []string {
	methods := []string{}
	for _, observed := range r.observed {
		if observed.Role != scenario.Attack || reached {
			methods = append(methods, observed.Sent...)
		}
	}
	return methods
}

// expect returns what a file says about a run that ended like this: the result in
// Chromium, and in each engine that ends differently.
func (s Settled) expect() (scenario.Expect, error) {
	if s.Judged.Verdict.Outcome != s.Outcome {
		return scenario.Expect{}, fmt.Errorf("%w: it was %s", ErrUnexplained, s.Outcome)
	}
	byEngine := map[cors.Engine]scenario.End{s.Judged.Verdict.Engine: expected(s.Judged.Verdict)}
	for _, v := range s.Judged.Others {
		byEngine[v.Engine] = expected(v)
	}
	expect := scenario.Expect{End: byEngine[cors.Chromium]}
	for _, engine := range cors.Browsers() {
		if other := byEngine[engine]; other != expect.End {
			if expect.Others == nil {
				expect.Others = make(map[cors.Engine]scenario.End)
			}
			expect.Others[engine] = other
		}
	}
	return expect, nil
}

func expected(v cors.Verdict) scenario.End {
	return scenario.End{Outcome: v.Outcome, Cause: v.Cause, Stage: v.Stage}
}
