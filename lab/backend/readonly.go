package backend

import (
	"context"

	"corslab/lab/wire"
)

// ReadOnly says what a backend would respond, and changes nothing: it writes no
// message, moves no money, counts no cookie and fills no cache. The judge asks it
// for engines other than the learner's browser, whose requests never come. So
// their cookies and bodies are unknown, and the copy responds what the
// policy says, with neither the account's nor the cache's say and with an empty
// body. It is safe for use by several goroutines.
type ReadOnly struct {
	session string
	replies *replies
}

// ReadOnly returns what the backend would respond with the policy that it has
// now.
func (b *Backend) ReadOnly() ReadOnly { return ReadOnly{b.session, b.replies} }

// Respond returns what the policy says. Its only error is a URL of another
// session.
func (s ReadOnly) Respond(_ context.Context, r wire.Request) (wire.Response, error) {
	to := AddressOf(r.URL)
	if err := to.Check(s.session); err != nil {
		return wire.Response{}, err
	}
	origin, prefix := r.Headers.Get("Origin"), Prefix(s.session, to.Run)
	if _, preflight := r.Preflight(); preflight {
		return s.replies.preflight(to, origin, prefix).Response, nil
	}
	return s.replies.response(to, origin, prefix).Response, nil
}

// Route is the number of the policy's route, from 1, to which a URL leads, 0
// for none.
func (s ReadOnly) Route(to Address) int { return 1 + s.replies.route(to) }
