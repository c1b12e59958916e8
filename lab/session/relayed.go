package session

import (
	"corslab/lab/endpoint"
	"corslab/lab/wire"
)

// Relayed records what a proxy sent to a browser, because the judge needs it. If the
// proxy answers a preflight itself, Relayed adds it to the journal, because the API
// never sees it.
func (s *Session) Relayed(via endpoint.Via, r wire.Request, response wire.Response) {
	defer s.usage.budget.relieve()
	s.mu.Lock()
	defer s.mu.Unlock()
	defer s.weigh()
	s.activity.used = s.now()
	received := &Received{Request: r, Response: response, Via: via, ByProxy: true}
	entry := Entry{Time: s.activity.used, Run: s.runs.numberOf(endpoint.Parse(r.URL).Run), Received: received}
	asked, preflight := r.Preflight()
	current := s.runs.isCurrent(entry.Run)
	switch {
	case preflight && via == endpoint.CORS:
		received.Asked = &asked
		if current {
			entry.Call = s.runs.newest.call.Number
			s.runs.newest.call.note(s.journal.last()+1, received)
		}
		s.journal.append(entry)
	case current:
		s.runs.newest.call.remember(received)
	}
}
