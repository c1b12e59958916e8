package session

import "corslab/lab/cors"

// Prediction is what an engine does with a call, by the answers that it has had
// so far and by those that the policy would give.
type Prediction struct {
	Verdict cors.Verdict
	Unfit   string // what else than CORS the script's kind does not find in the answer; "" where it finds all
}

// Predict says what an engine does with the call under way. Nothing of it is
// remembered, so that one can ask again when more of the call has come.
func (s *Session) Predict(engine cors.Engine) Prediction {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.run == nil {
		return Prediction{}
	}
	return Prediction{s.caches.predict(&s.run.Call, engine).verdict, s.run.Call.unfit()}
}
