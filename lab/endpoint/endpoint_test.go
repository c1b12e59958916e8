package endpoint_test

import (
	"testing"

	"corslab/lab/endpoint"
	"corslab/lab/origin"
)

func TestParse(t *testing.T) {
	at := func(scheme, host, session string, run int, via endpoint.Via, api, rest string) endpoint.URL {
		return endpoint.URL{Scheme: scheme, Host: host, Session: session, Run: run, Via: via, API: api, Rest: rest}
	}
	const direct, same, cors = endpoint.Direct, endpoint.SameOrigin, endpoint.CORS
	for text, want := range map[string]struct {
		url   endpoint.URL
		brief string
		again string // the URL printed; "" for the same text
	}{
		"http://a.example:1/session/7/messages/0?a=b/c":       {at("http", "a.example:1", "session", 7, direct, "", "/messages/0?a=b/c"), "/messages/0?a=b/c", ""},
		"https://a.example/session/7":                         {at("https", "a.example", "session", 7, direct, "", "/"), "/", "https://a.example/session/7/"},
		"http://a.example/session/7?x":                        {at("http", "a.example", "session", 7, direct, "", "/?x"), "/?x", "http://a.example/session/7/?x"},
		"http://a.example/session/messages":                   {at("http", "a.example", "session", 0, direct, "", "/messages"), "/messages", "http://a.example/session/0/messages"},
		"http://a.example/session?x/1":                        {at("http", "a.example", "session", 0, direct, "", "/?x/1"), "/?x/1", "http://a.example/session/0/?x/1"},
		"http://a.example/session":                            {at("http", "a.example", "session", 0, direct, "", "/"), "/", "http://a.example/session/0/"},
		"http://a.example/session/7//x":                       {at("http", "a.example", "session", 7, direct, "", "//x"), "//x", ""},
		"http://a.example/session//x":                         {at("http", "a.example", "session", 0, direct, "", "//x"), "//x", "http://a.example/session/0//x"},
		"http://A.example:80/session/7/proxy":                 {at("http", "A.example:80", "session", 7, direct, "", "/proxy"), "/proxy", ""},
		"http://a.example/session/7/proxy/api/x":              {at("http", "a.example", "session", 7, cors, "api", "/x"), "/proxy/api/x", ""},
		"http://a.example/proxy/session/7/api/x?y":            {at("http", "a.example", "session", 7, same, "api", "/x?y"), "/proxy/api/x?y", ""},
		"http://a.example/proxy/session/7/bank/proxy/api/":    {at("http", "a.example", "session", 7, same, "bank", "/proxy/api/"), "/proxy/bank/proxy/api/", ""},
		"http://a.example/proxy/session/7/proxy/api/x":        {at("http", "a.example", "session", 7, same, "", "/proxy/api/x"), "/proxy/proxy/api/x", ""},
		"http://a.example/session/7/proxy/page/x":             {at("http", "a.example", "session", 7, cors, "", "/page/x"), "/proxy/page/x", ""},
		"http://a.example/session/7/proxy/api?x/":             {at("http", "a.example", "session", 7, cors, "", "/api?x/"), "/proxy/api?x/", ""},
		"http://a.example/session/proxy/api/x":                {at("http", "a.example", "session", 0, cors, "", "/api/x"), "/proxy/api/x", "http://a.example/session/0/proxy/api/x"},
		"http://a.example/proxy/session/api/x/y":              {at("http", "a.example", "session", 0, same, "", "/api/x/y"), "/proxy/api/x/y", "http://a.example/proxy/session/0/api/x/y"},
		"http://a.example/proxy/session/7/api/../../page/run": {at("http", "a.example", "session", 7, same, "api", "/../../page/run"), "/proxy/api/../../page/run", ""},
		"http://a.example":                                    {at("http", "a.example", "", 0, direct, "", "/"), "/", "http://a.example//0/"},
		"http://a.example?x":                                  {at("http", "a.example", "", 0, direct, "", "/?x"), "/?x", "http://a.example//0/?x"},
	} {
		got := endpoint.Parse(text)
		if got != want.url || got.Brief() != want.brief || got.Key() != want.url.Host+want.brief {
			t.Errorf("Parse(%q) = %+v with %q, want %+v with %q", text, got, got.Brief(), want.url, want.brief)
		}
		if want.again == "" {
			want.again = text
		}
		if got.String() != want.again {
			t.Errorf("String() of %q = %q, want %q", text, got, want.again)
		}
	}
	if got := endpoint.Parse(""); got != (endpoint.URL{Via: endpoint.Direct, Rest: "/"}) {
		t.Errorf("Parse(\"\") = %+v, want nothing but a path", got)
	}
	if got := endpoint.Parse("http://a.example/session/7/x?y").Path(); got != "/x" {
		t.Errorf("Path() = %q, want /x", got)
	}
}

func TestURL_At(t *testing.T) {
	o, err := origin.New("localhost:8080", "localhost:8000")
	if err != nil {
		t.Fatal(err)
	}
	const behind = "http://bank.app.localhost:8000/session/7/account?a"
	for via, want := range map[endpoint.Via]string{
		"":                  behind,
		endpoint.Direct:     behind,
		endpoint.SameOrigin: "http://shop.app.localhost:8080/proxy/session/7/bank/account?a",
		endpoint.CORS:       "http://127.0.0.1:8000/session/7/proxy/bank/account?a",
	} {
		u := endpoint.URL{Session: "session", Run: 7, Via: via, API: "bank", Rest: "/account?a"}.At(o.Shop, o)
		if u.String() != want {
			t.Errorf("via %q: %s, want %s", via, u, want)
		}
		if got, err := endpoint.Parse(want).Behind(o); want == behind && err == nil || want != behind && got.String() != behind {
			t.Errorf("behind %s is %s, %v, want %s for a proxy only", want, got, err, behind)
		}
	}
	for _, text := range []string{"http://localhost:8080/proxy/session/7/page/x", "http://localhost:8080/proxy/session/api/x", "http://127.0.0.1:8000/session/7/proxy/api"} {
		if got, err := endpoint.Parse(text).Behind(o); err == nil {
			t.Errorf("behind %s is %s, want an error", text, got)
		}
	}
}

func TestURL_Folder(t *testing.T) {
	for text, want := range map[string][2]string{
		"http://a.example/session/7/x":           {"/session", "/session/7"},
		"http://a.example/session/7/proxy/api/x": {"/session", "/session/7"},
		"http://a.example/proxy/session/7/api/x": {"/proxy/session", "/proxy/session/7"},
	} {
		if u := endpoint.Parse(text); u.Folder() != want[0] || u.Prefix() != want[1] {
			t.Errorf("%s: folder %q, prefix %q, want %q", text, u.Folder(), u.Prefix(), want)
		}
	}
}

func TestURL_Check(t *testing.T) {
	u := endpoint.Parse("http://a.example/session/7/x")
	if u.Check("session") != nil || u.Check("other") == nil || !u.In("session", 7) || u.In("session", 8) || u.In("other", 7) {
		t.Errorf("%s: Check or In take another session or run for its own", u)
	}
}
