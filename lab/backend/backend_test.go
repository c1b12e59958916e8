package backend_test

import (
	"fmt"
	"testing"

	"corslab/lab/backend"
	"corslab/lab/origin"
	"corslab/lab/policy"
	"corslab/lab/scenario/format"
	"corslab/lab/wire"
)

const (
	sid  = "abcdefghijklmnop"
	page = "http://localhost:8080"
	api  = "localhost:8000"
)

func origins(t *testing.T) origin.Set {
	t.Helper()
	o, err := origin.New("localhost:8080", api)
	if err != nil {
		t.Fatal(err)
	}
	return o
}

// policyOf parses a policy in the form that scenario files have.
func policyOf(t *testing.T, policy string) policy.Policy {
	t.Helper()
	parsed, err := format.Parse("test.yaml", fmt.Appendf(nil, `corslab: 1
title: Test
track: Test
story: Test
script: {url: "{api}/messages"}
policy: %s
expect: {outcome: readable}
goal: [{page: readable}]
solutions: [{}]
`, policy))
	if err != nil {
		t.Fatal(err)
	}
	return parsed.Start(origins(t)).Policy
}

// withPolicy returns a backend that has a policy.
func withPolicy(t *testing.T, policy policy.Policy) *backend.Backend {
	t.Helper()
	b := backend.New(sid, origins(t))
	b.SetPolicy(policy)
	return b
}

// request returns a request to the API in run 7. Each header is a line.
func request(method, target, body string, headers ...string) wire.Request {
	return requestTo(api, method, target, body, headers...)
}

func requestTo(host, method, target, body string, headers ...string) wire.Request {
	return wire.Request{
		Method: method, URL: "http://" + host + "/" + sid + "/7" + target,
		Headers: wire.Lines(headers...), Body: []byte(body), Size: int64(len(body)),
	}
}

func preflight(target string) wire.Request {
	return request("OPTIONS", target, "", "Origin: "+page, "Access-Control-Request-Method: PUT")
}

// TestHandle_body: an incomplete or too large body is refused, with the headers of the
// policy, and has no effect.
func TestHandle_body(t *testing.T) {
	for name, test := range map[string]struct {
		change func(r *wire.Request)
		status int
	}{
		"whole":      {func(*wire.Request) {}, 200},
		"incomplete": {func(r *wire.Request) { r.Broken = true }, 400},
		"too large":  {func(r *wire.Request) { r.Size = backend.MaxBody + 1 }, 413},
	} {
		r := request("PUT", "/messages/0", "new")
		test.change(&r)
		got := withPolicy(t, policyOf(t, `{response: {headers: [{X-Custom: "1"}]}}`)).Handle(r, 1)
		if got.Response.Status != test.status || (got.Effect == "") != (test.status != 200) || got.Response.Headers.Get("X-Custom") != "1" {
			t.Errorf("%s: status %d, effect %q, headers %v; want status %d", name, got.Response.Status, got.Effect, got.Response.Headers, test.status)
		}
	}
}

// TestRespond_other: a URL of another session is an error, also for the read-only copy.
func TestRespond_other(t *testing.T) {
	b := withPolicy(t, policyOf(t, "{}"))
	r := wire.Request{Method: "GET", URL: "http://" + api + "/zyxwvutsrqponmlk/7/messages"}
	for name, server := range map[string]wire.Server{"the backend": b, "its read-only copy": b.ReadOnly()} {
		_, err := server.Respond(t.Context(), r)
		if want := `found a URL of session "zyxwvutsrqponmlk"; want one of session "abcdefghijklmnop"`; err == nil || err.Error() != want {
			t.Errorf("%s: error %v, want %s", name, err, want)
		}
	}
}
