package session_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"corslab/lab/cors"
	"corslab/lab/scenario/format"
	"corslab/lab/session"
	"corslab/lab/wire"
)

// openAccount opens a session of a scenario whose API has an account.
func openAccount(t *testing.T, account, rest string) *session.Session {
	t.Helper()
	src := fmt.Sprintf(`corslab: 1
title: Test
track: Test
story: Test
policy: {account: %s}
expect: {outcome: readable}
goal: [{balance: 100}]
solutions: [{}]
%s`, account, rest)
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

const readsAccount = `script: {url: "{api}/account"}`

// ask sends a request to the API. The headers are names and values in turn.
func ask(s *session.Session, method, target, body string, headers ...string) wire.Response {
	r := wire.Request{Method: method, URL: target, Body: []byte(body), Size: int64(len(body))}
	for i := 0; i+1 < len(headers); i += 2 {
		r.Headers.Add(headers[i], headers[i+1])
	}
	return receive(s, 1, r)
}

// cookieOf is the cookie that a response sets.
func cookieOf(t *testing.T, response wire.Response) (cookie string) {
	t.Helper()
	set := response.Headers.Values("Set-Cookie")
	if len(set) != 1 {
		t.Fatalf("Set-Cookie: %q, want one", set)
	}
	cookie, _, _ = strings.Cut(set[0], "; ")
	return cookie
}

// field is a text field of a response in JSON.
func field(t *testing.T, response wire.Response, name string) string {
	t.Helper()
	_, rest, found := strings.Cut(response.Body.String(), `"`+name+`":"`)
	value, _, closed := strings.Cut(rest, `"`)
	if !found || !closed {
		t.Fatalf("%s has no field %s", response.Body, name)
	}
	return value
}

// TestAccount_secrets: only a page that has read the account's secrets can send them.
func TestAccount_secrets(t *testing.T) {
	s := openAccount(t, "{}", `before: [{url: "{api}/account"}]
script: {url: "{api}/account?key={key}", headers: [{X-CSRF-Token: "{token}"}], body: {form: {token: "{token}"}}, method: POST}
also: [{from: other, url: "{api}/account?key={key}", headers: [{X-CSRF-Token: "{token}"}]}]`)
	login := ask(s, "GET", "/login", "")
	cookie := cookieOf(t, login)
	account := ask(s, "GET", "/account", "", "Cookie", cookie)
	run := s.Start()
	read := session.Report{Type: "cors", Status: 200, Body: login.Body.String() + account.Body.String()}
	main, _, err := s.Settle(run.Number, read, cors.Chromium)
	if err != nil {
		t.Fatal(err)
	}
	key, token := field(t, login, "key"), field(t, account, "token")
	if call := main.Call; !strings.HasSuffix(call.URL, "key="+key) || call.Script.Headers[0].Value != token || call.Script.Body.Form[0][1] != token {
		t.Errorf("the page that has read them sends %+v to %s, want %s and %s", call.Script, call.URL, key, token)
	}
	also, _, err := s.Settle(run.Number, session.Report{Type: "error"}, cors.Chromium)
	if err != nil {
		t.Fatal(err)
	}
	if call := also.Call; !strings.HasSuffix(call.URL, "key=") || call.Script.Headers[0].Value != "" {
		t.Errorf("another page sends %+v to %s, want neither secret", call.Script, call.URL)
	}
}

// TestAccount_goal: each run starts with a full account, and the goal sees the balance
// at the run's end.
func TestAccount_goal(t *testing.T) {
	s := openAccount(t, "{}", readsAccount)
	cookie := cookieOf(t, ask(s, "GET", "/login", ""))
	for _, want := range []bool{false, true} {
		run := s.Start()
		if !want {
			ask(s, "POST", "/transfer", "to=mallory&amount=1", "Cookie", cookie)
		}
		if _, _, err := s.Settle(run.Number, session.Report{Type: "error"}, cors.Chromium); err != nil {
			t.Fatal(err)
		}
		settled := settledOf(t, s)
		if settled.Solved != want || settled.Goal[0].Text != "100 is left in the account" {
			t.Errorf("solved: %t by %+v, want %t", settled.Solved, settled.Goal, want)
		}
	}
}
