package backend

import (
	"crypto/rand"
	"encoding/json"
	"fmt"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"corslab/lab/endpoint"
	"corslab/lab/inert"
	"corslab/lab/internal/phrase"
	"corslab/lab/policy"
	"corslab/lab/wire"
)

// account is an account that browsers can sign in to, at /login, /account and /transfer
// of each API origin of the session. The cookie is limited to the session's path.
// Cookies ignore ports, so otherwise other sessions and all other servers on this host
// would get it.
type account struct {
	cookie     string // name=value
	path       string
	key, token string // see [Secrets]
	balance    int
}

const (
	owner        = "alice"
	secretLength = 12  // characters
	maxPayee     = 100 // bytes of a name
)

func newAccount(session string) account {
	secret := func() string { return rand.Text()[:secretLength] }
	return account{
		cookie: "corslab_" + session[:min(8, len(session))] + "=" + secret(), path: endpoint.URL{Session: session}.Folder() + "/",
		key: secret(), token: secret(), balance: policy.OpeningBalance,
	}
}

// cookieName is the cookie's name in this session.
func (a *account) cookieName() string {
	name, _, _ := strings.Cut(a.cookie, "=")
	return name
}

// served is the account's response to a request.
type served struct {
	status    int // 0 for what the policy says
	body      inert.Body
	effect    string
	setCookie string
}

// has reports whether a path belongs to the account.
func (a *account) has(path string) bool {
	return slices.Contains([]string{"/login", "/account", "/transfer"}, path)
}

// serve carries out a request. If the policy makes it a failure, nothing happens.
func (a *account) serve(r wire.Request, to endpoint.URL, set policy.Account, status int) served {
	if status >= 400 {
		return served{body: inert.Error("the policy makes this a failure")}
	}
	if to.Path() == "/login" {
		return served{body: a.signedIn(), setCookie: a.setCookie(set.SameSite)}
	}
	fields := fieldsOf(r, to)
	byCookie := a.hasCookie(r)
	switch {
	case !byCookie && fields["key"] != a.key && r.Headers.Get("Authorization") != "Bearer "+a.key:
		return served{status: 401, body: inert.Error("nobody is signed in")}
	case to.Path() == "/account":
		return served{body: a.shown()}
	case r.Method != "POST":
		return served{status: 405, body: inert.Error("POST to it")}
	case byCookie && set.Token && r.Headers.Get("X-CSRF-Token") != a.token && fields["token"] != a.token:
		return served{status: 403, body: inert.Error("the token of /account is missing or wrong")}
	}
	return a.transfer(fields)
}

// shown is the account as its owner sees it.
func (a *account) shown() inert.Body {
	return inert.JSON(inert.Object{
		{Name: "owner", Value: inert.Text(owner)},
		{Name: "balance", Value: inert.Number(a.balance)},
		{Name: "token", Value: inert.Text(a.token)},
	})
}

// signedIn is the body of the response to a sign-in.
func (a *account) signedIn() inert.Body {
	return inert.JSON(inert.Object{{Name: "owner", Value: inert.Text(owner)}, {Name: "key", Value: inert.Text(a.key)}})
}

func (a *account) transfer(fields map[string]string) served {
	amount, err := strconv.Atoi(fields["amount"])
	if err != nil || amount < 1 || amount > a.balance || fields["to"] == "" {
		return served{status: 400, body: inert.Error(fmt.Sprintf("want to, a name, and amount, a number from 1 to %d", a.balance))}
	}
	a.balance -= amount
	return served{
		body:   a.shown(),
		effect: fmt.Sprintf("%d was transferred to %s; %d is left", amount, phrase.FirstBytes(fields["to"], maxPayee), a.balance),
	}
}

func (a *account) hasCookie(r wire.Request) bool {
	return slices.Contains(r.Cookies(), a.cookie)
}

// setCookie is the value of the Set-Cookie header that signs in.
func (a *account) setCookie(sameSite policy.SameSite) string {
	cookie := a.cookie + "; Path=" + a.path + "; HttpOnly"
	switch sameSite {
	case policy.SameSiteStrict:
		return cookie + "; SameSite=Strict"
	case policy.SameSiteLax:
		return cookie + "; SameSite=Lax"
	case policy.SameSiteNone:
		return cookie + "; SameSite=None; Secure"
	}
	return cookie
}

// fieldsOf reads the fields of a query and of a body. The body can be JSON or a form,
// whatever its Content-Type says.
func fieldsOf(r wire.Request, to endpoint.URL) map[string]string {
	fields := make(map[string]string)
	add := func(query string) {
		values, _ := url.ParseQuery(query) // the part that can be parsed
		for name := range values {
			fields[name] = strings.ToValidUTF8(values.Get(name), "�")
		}
	}
	_, query, _ := strings.Cut(to.Brief(), "?")
	add(query)
	var object map[string]any
	if json.Unmarshal(r.Body, &object) != nil {
		add(strings.TrimSpace(string(r.Body)))
		return fields
	}
	for name, value := range object {
		fields[name] = fmt.Sprint(value)
	}
	return fields
}

// Secrets are texts that the account shows to a page that can read it, and that the
// page sends back.
type Secrets struct{ Key, Token string }

// Secrets returns the account's secrets.
func (b *Backend) Secrets() Secrets { return Secrets{b.account.key, b.account.token} }

// CookieName is the name of the account's cookie in this session.
func (b *Backend) CookieName() string { return b.account.cookieName() }

// Balance is the account's balance.
func (b *Backend) Balance() int { return b.account.balance }

// RestoreBalance sets the account's balance to the opening balance.
func (b *Backend) RestoreBalance() { b.account.balance = policy.OpeningBalance }
