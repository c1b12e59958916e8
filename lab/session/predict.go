package session

import "corslab/lab/cors"

// Prediction is what an engine does with a call, given the responses so far and those
// that the API would give.
type Prediction struct {
	Verdict  cors.Verdict
	Mismatch string // why the response doesn't suit the script's kind, apart from CORS; "" if it does
}

// Predict says what an engine does with the call in progress. It leaves the session as
// it is, so a caller can ask again when more of the call has happened.
func (s *Session) Predict(engine cors.Engine) Prediction {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.runs.newest == nil {
		return Prediction{}
	}
	return Prediction{s.preflights.predict(&s.runs.newest.call, engine).verdict, s.runs.newest.call.mismatch()}
}
