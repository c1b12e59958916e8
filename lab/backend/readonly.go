package backend

import (
	"context"

	"corslab/lab/endpoint"
	"corslab/lab/wire"
)

// ReadOnly says what a backend would respond, and changes nothing: it writes no
// message, moves no money, counts no cookie and fills no cache. The judge asks it on
// behalf of engines other than the learner's browser, which never send a request. Their
// cookies and bodies are unknown, so the copy responds as the policy says, without the
// account and the cache, and with an empty body. It is safe for use by several
// goroutines.
type ReadOnly struct {
	session string
	replies *replies
}

// ReadOnly returns a copy of the backend with its current policy.
func (b *Backend) ReadOnly() ReadOnly { return ReadOnly{b.session, b.replies} }

// Respond responds as the policy says. Its only error is a URL of another session.
func (s ReadOnly) Respond(_ context.Context, r wire.Request) (wire.Response, error) {
	to := endpoint.Parse(r.URL)
	if err := to.Check(s.session); err != nil {
		return wire.Response{}, err
	}
	origin := r.Headers.Get("Origin")
	if _, preflight := r.Preflight(); preflight {
		return s.replies.preflight(to, origin).Response, nil
	}
	return s.replies.response(to, origin).Response, nil
}

// Route is the number, from 1, of the policy's route for a URL; 0 if there is none.
func (s ReadOnly) Route(to endpoint.URL) int { return 1 + s.replies.route(to) }
