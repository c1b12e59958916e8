package backend_test

import (
	"fmt"
	"testing"

	"corslab/lab/backend"
	"corslab/lab/policy"
	"corslab/lab/wire"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
)

// TestReadOnly: it responds as the backend does, except for the body.
func TestReadOnly(t *testing.T) {
	b := withPolicy(t, policyOf(t, routed))
	readOnly := b.ReadOnly()
	for _, r := range []wire.Request{
		request("GET", "/messages", "", "Origin: "+page),
		request("GET", "/moved", "", "Origin: null"),
		preflight("/messages"),
		requestTo(bank, "OPTIONS", "/moved", "", "Origin: "+page, "Access-Control-Request-Method: PUT"),
	} {
		got, err := readOnly.Respond(t.Context(), r)
		if err != nil {
			t.Fatal(err)
		}
		want := b.Handle(r, 1).Response
		if diff := cmp.Diff(want, got, cmpopts.IgnoreFields(wire.Response{}, "Body")); diff != "" {
			t.Errorf("%s %s (-want +got):\n%s", r.Method, r.URL, diff)
		}
	}
}

// TestReadOnly_changesNothing: no request changes the backend.
func TestReadOnly_changesNothing(t *testing.T) {
	set := policyOf(t, `{cache: blind, account: {}, response: {headers: [{Set-Cookie: a=1}, {Access-Control-Allow-Origin: {reflect: any}}]}}`)
	asked, fresh := withPolicy(t, set), withPolicy(t, set)
	cookie := asked.Handle(request("GET", "/login", ""), 1).Response.Headers.Values("Set-Cookie")[1]
	fresh.Handle(request("GET", "/login", ""), 1)
	readOnly := asked.ReadOnly()
	for i := range 2 * policy.MaxCookies {
		asked.SetPolicy(policyOf(t, fmt.Sprintf(`{cache: blind, account: {}, response: {headers: [{Set-Cookie: c%d=1}]}}`, i)))
		for _, r := range []wire.Request{
			request("DELETE", "/messages/0", ""),
			request("GET", "/messages", "", "Origin: http://one.example"),
			request("POST", "/transfer", "to=mallory&amount=1", "Cookie: "+cookie),
		} {
			for _, server := range []backend.ReadOnly{readOnly, asked.ReadOnly()} {
				if _, err := server.Respond(t.Context(), r); err != nil {
					t.Fatal(err)
				}
			}
		}
	}
	asked.SetPolicy(set)
	get := request("GET", "/messages", "", "Origin: http://two.example")
	want, got := fresh.Handle(get, 2), asked.Handle(get, 2)
	if diff := cmp.Diff(want.Response.Body.String(), got.Response.Body.String()); diff != "" {
		t.Errorf("the messages are different (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff(want.Response.Headers, got.Response.Headers); diff != "" || len(got.Withheld) > 0 {
		t.Errorf("the cache or the cookies are different, withheld %q (-want +got):\n%s", got.Withheld, diff)
	}
	if asked.Balance() != policy.OpeningBalance {
		t.Errorf("the account holds %d, want %d", asked.Balance(), policy.OpeningBalance)
	}
}
