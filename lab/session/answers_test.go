package session_test

import (
	"testing"
	"time"

	"corslab/lab/scenario/format"
	"corslab/lab/session"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
)

// places is a policy with an answer of each kind.
const places = `corslab: 1
title: Test
track: Test
story: Test
script: {url: "{api}/messages"}
policy:
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
expect: {outcome: readable}
goal: [{page: readable}]
solutions: [{}]
`

// TestAnswers: each place answers as its route says, a rule by the origin that
// asks, a Location within the session; what stands in front adds its headers.
func TestAnswers(t *testing.T) {
	const api, api2, bank = "localhost:8000", "127.0.0.1:8000", "bank.app.localhost:8000"
	type headers = map[string][]string
	for name, test := range map[string]struct {
		host, target, origin string
		preflight            bool
		want                 session.Answer
	}{
		"an error loses headers": {host: api, target: "/messages", origin: page, want: session.Answer{
			Status: 500, Headers: headers{"Content-Type": {"text/plain"}, "X-Proxy": {"1"}},
		}},
		"a delay": {host: api, target: "/messages", origin: page, preflight: true, want: session.Answer{
			Status: 204, Headers: headers{"X-Proxy": {"1"}}, Delay: 20 * time.Millisecond,
		}},
		"cookies for every path, and for one": {host: api, target: "/sign-in", origin: page, want: session.Answer{
			Status: 200, Headers: headers{
				"Set-Cookie":   {"a=1; Path=/" + sid + "/; HttpOnly", "b=2; Path=/" + sid + "/", "c=3; Path=/" + sid + "/"},
				"Content-Type": {"application/json"}, "X-Proxy": {"1"},
			},
		}},
		"a Location on the same host": {host: api, target: "/moved?x", origin: page, want: session.Answer{
			Status: 302, Headers: headers{"Location": {"/" + sid + "/7/messages"}, "Access-Control-Allow-Origin": {"*"}, "Content-Type": {"application/json"}, "X-Proxy": {"1"}},
		}},
		"a Location on another host, a listed origin": {host: api2, target: "/moved", origin: page, want: session.Answer{
			Status: 307, Headers: headers{"Location": {"http://" + bank + "/" + sid + "/7/v2/messages?a=b"}, "Access-Control-Allow-Origin": {page}, "Content-Type": {"application/json"}, "X-Proxy": {"1"}},
		}},
		"an origin that is not listed": {host: api2, target: "/moved", origin: "null", want: session.Answer{
			Status: 307, Headers: headers{"Location": {"http://" + bank + "/" + sid + "/7/v2/messages?a=b"}, "Content-Type": {"application/json"}, "X-Proxy": {"1"}},
		}},
		"a Location out of the lab": {host: bank, target: "/moved", want: session.Answer{
			Status: 303, Headers: headers{"Location": {"https://api.invalid/"}, "Content-Type": {"application/json"}, "X-Proxy": {"1"}},
		}},
		"no answer": {host: bank, target: "/moved", origin: page, preflight: true, want: session.Answer{
			Status: 204, Headers: headers{"X-Proxy": {"1"}}, Closed: true,
		}},
		"an encoding that a browser cannot decode": {host: api2, target: "/encoded", origin: page, want: session.Answer{
			Status: 200, Headers: headers{"Content-Encoding": {"gzip"}, "Content-Type": {"application/json"}, "X-Proxy": {"1"}},
		}},
		"another path has no route": {host: api2, target: "/moved/on", origin: page, want: session.Answer{
			Status: 500, Headers: headers{"Content-Type": {"text/plain"}, "X-Proxy": {"1"}},
		}},
	} {
		t.Run(name, func(t *testing.T) {
			request := session.Request{Method: "GET", Host: test.host, Target: test.target, Headers: headers{}}
			if test.origin != "" {
				request.Headers["Origin"] = []string{test.origin}
			}
			if test.preflight {
				request.Method = "OPTIONS"
				request.Headers["Access-Control-Request-Method"] = []string{"PUT"}
			}
			got := opened(t, places).Receive(7, request)
			if diff := cmp.Diff(test.want, got, cmpopts.IgnoreFields(session.Answer{}, "Body")); diff != "" {
				t.Errorf("answer (-want +got):\n%s", diff)
			}
		})
	}
}

// opened is a session of the scenario in src.
func opened(t *testing.T, src string) *session.Session {
	t.Helper()
	parsed, err := format.Parse("test.yaml", []byte(src))
	if err != nil {
		t.Fatal(err)
	}
	s, err := session.NewStore(origins(t), time.Now, session.DefaultBounds()).Open("", sid, parsed, parsed.Start(origins(t)), session.Position{})
	if err != nil {
		t.Fatal(err)
	}
	return s
}
