package backend_test

import (
	"strings"
	"testing"

	"corslab/lab/backend"
)

// withAccount returns a backend that has an account.
func withAccount(t *testing.T, account string) *backend.Backend {
	t.Helper()
	return withPolicy(t, policyOf(t, "{account: "+account+"}"))
}

// ask sends a request to the API. Each header is a line.
func ask(b *backend.Backend, method, target, body string, headers ...string) backend.Handled {
	return b.Handle(request(method, target, body, headers...), 1)
}

// cookieOf returns the cookie that a response sets, and its attributes.
func cookieOf(t *testing.T, handled backend.Handled) (cookie, attributes string) {
	t.Helper()
	set := handled.Response.Headers.Values("Set-Cookie")
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
		b := withAccount(t, "{same_site: "+sameSite+"}")
		cookie, attributes := cookieOf(t, ask(b, "GET", "/login", ""))
		if attributes != want || !strings.HasPrefix(cookie, "corslab_abcdefgh=") || len(cookie) > 40 {
			t.Errorf("%s: %s; %s, want a small cookie with %s", sameSite, cookie, attributes, want)
		}
		if again, _ := cookieOf(t, ask(b, "POST", "/login", "")); again != cookie {
			t.Errorf("the second sign-in gives %s, want %s", again, cookie)
		}
		b.Reset()
		if got := ask(b, "GET", "/account", "", "Cookie: "+cookie).Response.Status; got != 401 {
			t.Errorf("after Reset the cookie of before gives %d, want 401", got)
		}
	}
}

func TestAccount(t *testing.T) {
	const form = "to=mallory&amount=30"
	for name, test := range map[string]struct {
		account, method, target, body string
		headers                       []string // {cookie}, {key} and {token} stand for the session's own
		status                        int
		effect                        string
	}{
		"the owner reads":            {"{}", "GET", "/account", "", []string{"Cookie: a=1; {cookie}"}, 200, ""},
		"a stranger reads":           {"{}", "GET", "/account", "", nil, 401, ""},
		"another cookie":             {"{}", "GET", "/account", "", []string{"Cookie: {cookie}x"}, 401, ""},
		"a key in the address":       {"{}", "GET", "/account?key={key}", "", nil, 200, ""},
		"a key in a header":          {"{}", "GET", "/account", "", []string{"Authorization: Bearer {key}"}, 200, ""},
		"a form":                     {"{}", "POST", "/transfer", form, []string{"Cookie: {cookie}"}, 200, "30 was transferred to mallory; 70 is left"},
		"JSON":                       {"{}", "POST", "/transfer", `{"to": "bob", "amount": 100}`, []string{"Cookie: {cookie}"}, 200, "100 was transferred to bob; 0 is left"},
		"a stranger's form":          {"{}", "POST", "/transfer", form, nil, 401, ""},
		"more than the balance":      {"{}", "POST", "/transfer", "to=bob&amount=101", []string{"Cookie: {cookie}"}, 400, ""},
		"a negative amount":          {"{}", "POST", "/transfer", "to=bob&amount=-1", []string{"Cookie: {cookie}"}, 400, ""},
		"a GET":                      {"{}", "GET", "/transfer?" + form, "", []string{"Cookie: {cookie}"}, 405, ""},
		"without the token":          {"{token: true}", "POST", "/transfer", form, []string{"Cookie: {cookie}"}, 403, ""},
		"with the token in a header": {"{token: true}", "POST", "/transfer", form, []string{"Cookie: {cookie}", "X-Csrf-Token: {token}"}, 200, "30 was transferred to mallory; 70 is left"},
		"with the token in a field":  {"{token: true}", "POST", "/transfer", form + "&token={token}", []string{"Cookie: {cookie}"}, 200, "30 was transferred to mallory; 70 is left"},
		"a key needs no token":       {"{token: true}", "POST", "/transfer", form + "&key={key}", nil, 200, "30 was transferred to mallory; 70 is left"},
	} {
		t.Run(name, func(t *testing.T) {
			b := withAccount(t, test.account)
			login := ask(b, "GET", "/login", "")
			cookie, _ := cookieOf(t, login)
			secret := strings.NewReplacer("{cookie}", cookie, "{key}", field(t, login, "key"),
				"{token}", field(t, ask(b, "GET", "/account", "", "Cookie: "+cookie), "token")).Replace
			for i := range test.headers {
				test.headers[i] = secret(test.headers[i])
			}
			got := ask(b, test.method, secret(test.target), secret(test.body), test.headers...)
			if got.Response.Status != test.status {
				t.Errorf("status %d with %s, want %d", got.Response.Status, got.Response.Body, test.status)
			}
			if got.Effect != test.effect {
				t.Errorf("effect %q, want %q", got.Effect, test.effect)
			}
		})
	}
}

// field returns a text field of a response in JSON.
func field(t *testing.T, handled backend.Handled, name string) string {
	t.Helper()
	_, rest, found := strings.Cut(handled.Response.Body.String(), `"`+name+`":"`)
	value, _, closed := strings.Cut(rest, `"`)
	if !found || !closed {
		t.Fatalf("%s has no field %s", handled.Response.Body, name)
	}
	return value
}

// TestAccount_refusal: if the policy removes its headers from errors, the account's
// refusals lose them too.
func TestAccount_refusal(t *testing.T) {
	b := withAccount(t, "{}, response: {only_ok: true, headers: [{X-Custom: a}]}")
	if ask(b, "GET", "/account", "").Response.Headers.Has("X-Custom") {
		t.Error("a 401 has the header, want it lost")
	}
	if !ask(b, "GET", "/login", "").Response.Headers.Has("X-Custom") {
		t.Error("a success has no header, want it")
	}
}
