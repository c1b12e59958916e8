// Package backend is the server under test of one session. It responds as the policy
// says, and has messages, an account and a shared cache that requests change. It also
// knows what the two proxies in front of it add.
//
// It knows neither HTTP servers nor the learner, whose record is package session's.
package backend

import (
	"context"
	"fmt"

	"corslab/lab/endpoint"
	"corslab/lab/inert"
	"corslab/lab/origin"
	"corslab/lab/policy"
	"corslab/lab/wire"
)

// Bounds on a request's body, in bytes: how much of it the backend reads, and how large
// it may be. A larger one is refused with status 413, so that the script still sees the
// policy's headers.
const (
	FirstBytes = 4 << 10
	MaxBody    = 1 << 20
)

// Backend is the API of one session. It isn't safe for use by several goroutines,
// because the session has the lock.
type Backend struct {
	session  string
	origins  origin.Set
	policy   policy.Policy
	replies  *replies // the policy's replies
	messages messages
	account  account
	cookies  cookieJar
	cache    sharedCache
}

// New returns a backend for a session, without a policy.
func New(session string, o origin.Set) *Backend {
	return &Backend{
		session: session, origins: o, replies: compile(policy.Policy{}, o),
		messages: newMessages(), account: newAccount(session), cookies: make(cookieJar),
	}
}

// SetPolicy sets the policy for all later responses. If it has another kind of shared
// cache, the cache starts empty.
func (b *Backend) SetPolicy(policy policy.Policy) {
	if policy.Cache != b.policy.Cache {
		b.cache = sharedCache{}
	}
	b.policy, b.replies = policy, compile(policy, b.origins)
}

// Reset restores the messages, signs out, and empties the shared cache. It still counts
// the cookies, because the browser still has them.
func (b *Backend) Reset() {
	b.messages, b.account, b.cache = newMessages(), newAccount(b.session), sharedCache{}
}

// Handled is a response and the request's effects.
type Handled struct {
	Response wire.Response
	Asked    *wire.Asked // what the request asks for, if it's a preflight
	Effect   string      // what the request changed in the messages or the account, in words; "" for nothing
	Withheld []string    // why some of the policy's headers aren't in the response; shared, so don't change it
	Cached   uint64      // number of the request whose response the shared cache reused; 0 for none
}

// Handle carries out a request. The shared cache stores the number that the caller
// gives it.
func (b *Backend) Handle(r wire.Request, number uint64) Handled {
	to := endpoint.Parse(r.URL)
	if b.policy.Cache == "" || b.policy.Cache == policy.CacheOff {
		return b.handle(r, to)
	}
	if found, ok := b.cache.find(b.policy.Cache, r); ok {
		return Handled{Response: found.response, Cached: found.number}
	}
	handled := b.handle(r, to)
	b.cache.take(b.policy.Cache, cached{url: r.URL, response: handled.Response, number: number}, r)
	return handled
}

// Respond is Handle as a [wire.Server]. Its only error is a URL of another
// session.
func (b *Backend) Respond(_ context.Context, r wire.Request) (wire.Response, error) {
	if err := endpoint.Parse(r.URL).Check(b.session); err != nil {
		return wire.Response{}, err
	}
	return b.Handle(r, 0).Response, nil
}

// handle decides on the response, carries out the request, and removes the cookies
// beyond the bound.
func (b *Backend) handle(r wire.Request, to endpoint.URL) Handled {
	handled := b.decide(r, to)
	if handled.Response.Headers.Has("Set-Cookie") {
		source := string(ViaOf(r)) + " " + to.Host + " "
		b.cookies.admit(&handled, source, b.account.cookieName(), b.policy.Account != nil)
	}
	return handled
}

func (b *Backend) decide(r wire.Request, to endpoint.URL) Handled {
	origin := r.Headers.Get("Origin")
	if asked, ok := r.Preflight(); ok {
		handled := b.replies.preflight(to, origin)
		handled.Asked = &asked
		return handled
	}
	handled := b.replies.response(to, origin)
	switch {
	case r.Broken:
		handled.Response.Status, handled.Response.Body = 400, inert.Error("the body broke off")
		return handled
	case r.Size > MaxBody:
		handled.Response.Status = 413
		handled.Response.Body = inert.Error(fmt.Sprintf("the body has %d bytes or more, at most %d are taken", r.Size, MaxBody))
		return handled
	case b.policy.Account != nil && b.account.has(to.Path()):
		return b.serveAccount(handled, r, to)
	}
	if file, found := resource(to.Path()); found {
		handled.Response.Body = file
		return handled
	}
	handled.Response.Body, handled.Effect = b.messages.apply(r, to.Path(), handled.Response.Status)
	return handled
}

// serveAccount has the account respond. If it refuses, its status replaces the
// policy's, and also decides about the headers.
func (b *Backend) serveAccount(handled Handled, r wire.Request, to endpoint.URL) Handled {
	done := b.account.serve(r, to, *b.policy.Account, handled.Response.Status)
	if done.status != 0 {
		handled = b.replies.refusal(to, r.Headers.Get("Origin"), done.status)
	}
	handled.Response.Body, handled.Effect = done.body, done.effect
	if done.setCookie != "" {
		handled.Response.Headers.Add("Set-Cookie", done.setCookie)
	}
	return handled
}
