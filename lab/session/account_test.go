package session_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"corslab/lab/cors"
	"corslab/lab/scenario/format"
	"corslab/lab/session"
)

// openAccount makes a session of a scenario whose API has an account.
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

// ask sends a request to the API with headers, name and value in turn.
func ask(s *session.Session, method, target, body string, headers ...string) session.Answer {
	r := session.Request{Method: method, Target: target, Host: "localhost:8000", Headers: map[string][]string{}, Body: []byte(body), Size: int64(len(body))}
	for i := 0; i+1 < len(headers); i += 2 {
		r.Headers[headers[i]] = []string{headers[i+1]}
	}
	return s.Receive(1, r)
}

// cookieOf is the cookie that an answer sets, and its attributes.
func cookieOf(t *testing.T, a session.Answer) (cookie, attributes string) {
	t.Helper()
	set := a.Headers["Set-Cookie"]
	if len(set) != 1 {
		t.Fatalf("Set-Cookie: %q, want one", set)
	}
	cookie, attributes, _ = strings.Cut(set[0], "; ")
	return cookie, attributes
}

func TestAccount_cookie(t *testing.T) {
	for sameSite, want := range map[string]string{
		"unset":  "Path=/abcdefghijklmnop/; HttpOnly",
		"strict": "Path=/abcdefghijklmnop/; HttpOnly; SameSite=Strict",
		"lax":    "Path=/abcdefghijklmnop/; HttpOnly; SameSite=Lax",
		"none":   "Path=/abcdefghijklmnop/; HttpOnly; SameSite=None; Secure",
	} {
		s := openAccount(t, "{same_site: "+sameSite+"}", readsAccount)
		cookie, attributes := cookieOf(t, ask(s, "GET", "/login", ""))
		if attributes != want || !strings.HasPrefix(cookie, "corslab_abcdefgh=") || len(cookie) > 40 {
			t.Errorf("%s: %s; %s, want a small cookie with %s", sameSite, cookie, attributes, want)
		}
		if again, _ := cookieOf(t, ask(s, "POST", "/login", "")); again != cookie {
			t.Errorf("the second sign-in gives %s, want %s", again, cookie)
		}
		s.Reset()
		if got := ask(s, "GET", "/account", "", "Cookie", cookie).Status; got != 401 {
			t.Errorf("after Reset the cookie of before gives %d, want 401", got)
		}
	}
}

func TestAccount(t *testing.T) {
	const form = "to=mallory&amount=30"
	for name, test := range map[string]struct {
		account, method, target, body string
		headers                       []string // {cookie}, {key}, {token} stand for the session's
		status                        int
		effect                        string
	}{
		"the owner reads":            {"{}", "GET", "/account", "", []string{"Cookie", "a=1; {cookie}"}, 200, ""},
		"a stranger reads":           {"{}", "GET", "/account", "", nil, 401, ""},
		"another cookie":             {"{}", "GET", "/account", "", []string{"Cookie", "{cookie}x"}, 401, ""},
		"a key in the address":       {"{}", "GET", "/account?key={key}", "", nil, 200, ""},
		"a key in a header":          {"{}", "GET", "/account", "", []string{"Authorization", "Bearer {key}"}, 200, ""},
		"a form":                     {"{}", "POST", "/transfer", form, []string{"Cookie", "{cookie}"}, 200, "30 was transferred to mallory; 70 is left"},
		"JSON":                       {"{}", "POST", "/transfer", `{"to": "bob", "amount": 100}`, []string{"Cookie", "{cookie}"}, 200, "100 was transferred to bob; 0 is left"},
		"a form of a stranger":       {"{}", "POST", "/transfer", form, nil, 401, ""},
		"more than there is":         {"{}", "POST", "/transfer", "to=bob&amount=101", []string{"Cookie", "{cookie}"}, 400, ""},
		"less than nothing":          {"{}", "POST", "/transfer", "to=bob&amount=-1", []string{"Cookie", "{cookie}"}, 400, ""},
		"a GET":                      {"{}", "GET", "/transfer?" + form, "", []string{"Cookie", "{cookie}"}, 405, ""},
		"without the token":          {"{token: true}", "POST", "/transfer", form, []string{"Cookie", "{cookie}"}, 403, ""},
		"with the token in a header": {"{token: true}", "POST", "/transfer", form, []string{"Cookie", "{cookie}", "X-Csrf-Token", "{token}"}, 200, "30 was transferred to mallory; 70 is left"},
		"with the token in a field":  {"{token: true}", "POST", "/transfer", form + "&token={token}", []string{"Cookie", "{cookie}"}, 200, "30 was transferred to mallory; 70 is left"},
		"a key needs no token":       {"{token: true}", "POST", "/transfer", form + "&key={key}", nil, 200, "30 was transferred to mallory; 70 is left"},
	} {
		t.Run(name, func(t *testing.T) {
			s := openAccount(t, test.account, readsAccount)
			login := ask(s, "GET", "/login", "")
			cookie, _ := cookieOf(t, login)
			secret := strings.NewReplacer("{cookie}", cookie, "{key}", field(t, login, "key"),
				"{token}", field(t, ask(s, "GET", "/account", "", "Cookie", cookie), "token")).Replace
			for i := range test.headers {
				test.headers[i] = secret(test.headers[i])
			}
			if got := ask(s, test.method, secret(test.target), secret(test.body), test.headers...); got.Status != test.status {
				t.Errorf("status %d with %s, want %d", got.Status, got.Body, test.status)
			}
			entries, _ := s.Entries(0)
			if got := entries[len(entries)-1].Received.Effect; got != test.effect {
				t.Errorf("effect %q, want %q", got, test.effect)
			}
		})
	}
}

// field is a text field of an answer in JSON.
func field(t *testing.T, a session.Answer, name string) string {
	t.Helper()
	_, rest, found := strings.Cut(a.Body.String(), `"`+name+`":"`)
	value, _, closed := strings.Cut(rest, `"`)
	if !found || !closed {
		t.Fatalf("%s has no field %s", a.Body, name)
	}
	return value
}

// TestAccount_refusal: what the account refuses loses its headers where the
// policy says so of errors.
func TestAccount_refusal(t *testing.T) {
	s := openAccount(t, "{}, response: {only_ok: true, headers: [{X-Custom: a}]}", readsAccount)
	if got := ask(s, "GET", "/account", "").Headers["X-Custom"]; got != nil {
		t.Errorf("a 401 has the header, want it lost")
	}
	if got := ask(s, "GET", "/login", "").Headers["X-Custom"]; got == nil {
		t.Error("a success has no header, want it")
	}
}

// TestAccount_secrets: a page sends what it has read of the account, and no
// other page does.
func TestAccount_secrets(t *testing.T) {
	s := openAccount(t, "{}", `before: [{url: "{api}/account"}]
script: {url: "{api}/account?key={key}", headers: [{X-CSRF-Token: "{token}"}], body: {form: {token: "{token}"}}, method: POST}
also: [{from: other, url: "{api}/account?key={key}", headers: [{X-CSRF-Token: "{token}"}]}]`)
	login := ask(s, "GET", "/login", "")
	cookie, _ := cookieOf(t, login)
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

// TestAccount_goal: each run begins with a full account, and what is left at
// its end counts.
func TestAccount_goal(t *testing.T) {
	s := openAccount(t, "{}", readsAccount)
	cookie, _ := cookieOf(t, ask(s, "GET", "/login", ""))
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
