package backend_test

import (
	"testing"
	"time"

	"corslab/lab/policy"
	"corslab/lab/wire"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
)

const (
	api2 = "127.0.0.1:8000"
	bank = "bank.app.localhost:8000"
)

// routed is a policy with a response of each kind.
const routed = `
  preflight: {delay: 20}
  response: {status: 500, only_ok: true, headers: [{Access-Control-Allow-Origin: "*"}, {Content-Type: text/plain}]}
  routes:
    - url: "{api}/moved"
      response: {status: 302, headers: [{Location: /messages}, {Access-Control-Allow-Origin: "*"}]}
    - url: "{api2}/moved"
      response: {status: 307, headers: [{Location: "{bank}/v2/messages?a=b"}, {Access-Control-Allow-Origin: {allowlist: ["{page}", "{shop}"]}}]}
    - url: "{api}/sign-in"
      response: {headers: [{Set-Cookie: a=1; Path=/; HttpOnly}, {Set-Cookie: b=2; path=/}, {Set-Cookie: c=3; Path=/sessions; Path = /}]}
    - url: "{api2}/encoded"
      response: {headers: [{Content-Encoding: gzip}]}
    - url: "{bank}/moved"
      preflight: {close: true}
      response: {status: 303, headers: [{Location: https://api.invalid/}]}
  front: [{X-Proxy: "1"}, {Access-Control-Allow-Origin: {off: "*"}}]
`

// TestReplies: each URL responds as its route says, a rule uses the request's origin, a
// Location stays within the session, and a front adds its headers.
func TestReplies(t *testing.T) {
	json := "Content-Type: application/json"
	for name, test := range map[string]struct {
		request wire.Request
		want    wire.Response
	}{
		"an error loses headers": {request("GET", "/messages", "", "Origin: "+page), wire.Response{
			Status: 500, Headers: wire.Lines("Content-Type: text/plain", "X-Proxy: 1"),
		}},
		"a delay": {preflight("/messages"), wire.Response{
			Status: 204, Headers: wire.Lines("X-Proxy: 1"), Delay: 20 * time.Millisecond,
		}},
		"cookies for every path, and for one": {request("GET", "/sign-in", "", "Origin: "+page), wire.Response{
			Status: 200, Headers: wire.Lines(
				json, "Set-Cookie: a=1; Path=/"+sid+"/; HttpOnly", "Set-Cookie: b=2; Path=/"+sid+"/", "Set-Cookie: c=3; Path=/"+sid+"/", "X-Proxy: 1",
			),
		}},
		"a Location on the same host": {request("GET", "/moved?x", "", "Origin: "+page), wire.Response{
			Status: 302, Headers: wire.Lines("Access-Control-Allow-Origin: *", json, "Location: /"+sid+"/7/messages", "X-Proxy: 1"),
		}},
		"a Location on another host, a listed origin": {requestTo(api2, "GET", "/moved", "", "Origin: "+page), wire.Response{
			Status: 307, Headers: wire.Lines("Access-Control-Allow-Origin: "+page, json, "Location: http://"+bank+"/"+sid+"/7/v2/messages?a=b", "X-Proxy: 1"),
		}},
		"an origin that is not listed": {requestTo(api2, "GET", "/moved", "", "Origin: null"), wire.Response{
			Status: 307, Headers: wire.Lines(json, "Location: http://"+bank+"/"+sid+"/7/v2/messages?a=b", "X-Proxy: 1"),
		}},
		"a Location out of the lab": {requestTo(bank, "GET", "/moved", ""), wire.Response{
			Status: 303, Headers: wire.Lines(json, "Location: https://api.invalid/", "X-Proxy: 1"),
		}},
		"no response": {requestTo(bank, "OPTIONS", "/moved", "", "Origin: "+page, "Access-Control-Request-Method: PUT"), wire.Response{
			Status: 204, Headers: wire.Lines("X-Proxy: 1"), Closed: true,
		}},
		"an encoding that a browser cannot decode": {requestTo(api2, "GET", "/encoded", "", "Origin: "+page), wire.Response{
			Status: 200, Headers: wire.Lines("Content-Encoding: gzip", json, "X-Proxy: 1"),
		}},
		"another path has no route": {requestTo(api2, "GET", "/moved/on", "", "Origin: "+page), wire.Response{
			Status: 500, Headers: wire.Lines("Content-Type: text/plain", "X-Proxy: 1"),
		}},
	} {
		t.Run(name, func(t *testing.T) {
			got, err := withPolicy(t, policyOf(t, routed)).Respond(t.Context(), test.request)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(test.want, got, cmpopts.IgnoreFields(wire.Response{}, "Body")); diff != "" {
				t.Errorf("response (-want +got):\n%s", diff)
			}
		})
	}
}

// TestReplies_front: an error loses the policy's headers, and the front still adds its
// own.
func TestReplies_front(t *testing.T) {
	set := rows(500, policy.Header{Name: "X-Own", Value: "1"})
	set.Response.OnlyOK = true
	set.Front = &policy.Front{Headers: []policy.Header{{Name: "x-own", Value: "2"}, {Name: "A-Front", Value: "1"}}}
	got := withPolicy(t, set).Handle(request("GET", "/messages", ""), 1).Response.Headers
	if diff := cmp.Diff(wire.Lines("A-Front: 1", "X-Own: 2"), got); diff != "" {
		t.Errorf("headers (-want +got):\n%s", diff)
	}
}
