package backend_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"corslab/lab/cors"
	"corslab/lab/policy"
	"corslab/lab/wire"
)

// rows is a policy that only the gate has checked, like one from a file whose addresses
// were read before the lab's ports were known.
func rows(status int, rows ...policy.Header) policy.Policy {
	return policy.Policy{Preflight: policy.Reply{Status: 204, Headers: rows}, Response: policy.Reply{Status: status, Headers: rows}}
}

// TestGate: no header gets out that a response must not have, in any of the policy's
// groups, and the log says why.
func TestGate(t *testing.T) {
	for name, h := range map[string]policy.Header{
		"a redirect to another program":            {Name: "location", Value: "http://localhost:9000/"},
		"a redirect to a URL made from the origin": {Name: "Location", Rule: policy.Reflect},
		"a redirect to https on the lab's port":    {Name: "Location", Value: "https://localhost:8000/"},
		"a cookie made from the origin":            {Name: "Set-Cookie", Rule: policy.Prefix, Value: "http"},
		"a link that preloads":                     {Name: "Link", Value: "</a>; rel=preload"},
		"a header that clears cookies":             {Name: "Clear-Site-Data", Value: `"*"`},
		"a value that ends the line":               {Name: "X-A", Value: "a\r\nSet-Cookie: a=1"},
		"a control character":                      {Name: "X-A", Value: "\x01"},
		"an invalid name":                          {Name: "X A", Value: "1"},
	} {
		t.Run(name, func(t *testing.T) {
			front := rows(302)
			front.Front = &policy.Front{Headers: []policy.Header{h}}
			route := rows(200)
			route.Routes = []policy.Route{{URL: "http://localhost:8000/messages", Preflight: rows(200, h).Preflight, Response: rows(302, h).Response}}
			for group, policy := range map[string]policy.Policy{"a response": rows(302, h), "the front": front, "a route": route} {
				b := withPolicy(t, policy)
				for _, r := range []wire.Request{preflight("/messages"), request("GET", "/messages", "", "Origin: "+page)} {
					got := b.Handle(r, 1)
					if len(got.Response.Headers) > 0 || len(got.Withheld) != 1 {
						t.Errorf("%s, %s: the browser gets %q, and the log says %q", group, r.Method, got.Response.Headers, got.Withheld)
					}
				}
			}
		})
	}
}

// TestGate_lets: the same fields get out if they do no harm.
func TestGate_lets(t *testing.T) {
	for _, h := range []policy.Header{
		{Name: "Location", Value: "http://127.0.0.1:1/"},
		{Name: "Location", Value: "http://bank.app.localhost:8000/x"},
		{Name: "Location", Value: "https://api.invalid/"},
		{Name: "Link", Value: `</messages?page=2>; rel="next"`},
		{Name: "Access-Control-Allow-Origin", Rule: policy.Reflect},
	} {
		got := withPolicy(t, rows(302, h)).Handle(request("GET", "/messages", "", "Origin: "+page), 1)
		if len(got.Response.Headers.Values(h.Name)) != 1 || len(got.Withheld) > 0 {
			t.Errorf("%s: %s: the browser gets %q, and the log says %q", h.Name, h.Value, got.Response.Headers, got.Withheld)
		}
	}
}

// TestGate_joined: if a browser joins two Location lines, they lead where the first one
// does.
func TestGate_joined(t *testing.T) {
	policy := rows(302, policy.Header{Name: "Location", Value: page}, policy.Header{Name: "Location", Value: "x@evil.example/"})
	joined := withPolicy(t, policy).Handle(request("GET", "/messages", ""), 1).Response.Headers.Get("Location")
	if to, ok := cors.Resolve(joined, "http://localhost:8000/"); !ok || to.Origin != page {
		t.Errorf("%q leads to %s, want %s", joined, to.Origin, page)
	}
}

// TestCookies: over its lifetime a session sets at most eight cookies, however many
// Sends there are and however its policy changes. It can set the same cookies again.
func TestCookies(t *testing.T) {
	b := withPolicy(t, rows(200))
	set := make(map[string]bool)
	withheld := 0
	for run := range 100 {
		b.SetPolicy(rows(200, policy.Header{Name: "Set-Cookie", Value: fmt.Sprintf("c%d=%d; Path=/%d", run%20, run, run%20)}))
		got := ask(b, "GET", "/messages", "")
		for _, line := range got.Response.Headers.Values("Set-Cookie") {
			pair, rest, _ := strings.Cut(line, ";")
			name, _, _ := strings.Cut(pair, "=")
			set[name+rest] = true
		}
		withheld += len(got.Withheld)
	}
	if len(set) != policy.MaxCookies || withheld != 100-5*policy.MaxCookies {
		t.Errorf("%d cookies are set and %d withheld, want %d and the rest", len(set), withheld, policy.MaxCookies)
	}
}

// TestCookies_account: the account's cookie counts, and there is always room for it.
func TestCookies_account(t *testing.T) {
	var all []policy.Header
	for i := range policy.MaxCookies {
		all = append(all, policy.Header{Name: "Set-Cookie", Value: fmt.Sprintf("c%d=1", i)})
	}
	set := rows(200, all...)
	set.Account = &policy.Account{SameSite: policy.SameSiteUnset}
	b := withPolicy(t, set)
	get := func(target string) []string { return ask(b, "GET", target, "").Response.Headers.Values("Set-Cookie") }
	if got := get("/messages"); len(got) != policy.MaxCookies-1 {
		t.Errorf("%d cookies are set before one signs in, want %d", len(got), policy.MaxCookies-1)
	}
	for range 3 {
		got := get("/login")
		if len(got) != policy.MaxCookies || !slices.ContainsFunc(got, func(c string) bool { return strings.HasPrefix(c, "corslab_") }) {
			t.Errorf("signing in sets %q, want %d cookies, the account's among them", got, policy.MaxCookies)
		}
		b.Reset() // a new secret, but the same cookie
	}
}
