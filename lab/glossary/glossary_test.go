package glossary_test

import (
	"strings"
	"testing"

	"corslab/lab/cors"
	"corslab/lab/glossary"

	"github.com/google/go-cmp/cmp"
)

// TestLookUp_sure looks up text with certain matches: old and new lines, complete or in
// part, with any text around them.
func TestLookUp_sure(t *testing.T) {
	const failed = "no-answer redirect-location redirect-scheme redirect-limit redirect-credentials"
	const missing, method, checks = "allow-origin-missing", "method-not-allowed", "allow-origin-missing allow-origin-multiple allow-origin-invalid allow-origin-mismatch"
	for name, test := range map[string]struct {
		text   string
		want   string // causes or topic of each match, separated by |
		stages string // of the first match
	}{
		"in uppercase":                 {"METHOD put IS NOT ALLOWED BY access-control-allow-methods IN PREFLIGHT RESPONSE", method, "preflight"},
		"with text around it":          {"12:01:07.123 app.js:12:5 ▶ Access to fetch at 'u' from origin 'o' has been blocked by CORS policy: Method PUT is not allowed by Access-Control-Allow-Methods in preflight response.\n    at send (app.js:10:3)\n    at async main", method, "preflight"},
		"broken into lines":            {"Access to fetch at 'u' from\norigin 'o' has been blocked by CORS policy: Method PUT is\n  not allowed by Access-Control-Allow-Methods\nin preflight response.", method, "preflight"},
		"values cut out":               {"Access to fetch at from origin has been blocked by CORS policy: Method is not allowed by Access-Control-Allow-Methods in preflight response.", method, "preflight"},
		"end cut off":                  {"Access to fetch at 'u' from origin 'o' has been blocked by CORS policy: Method PUT is not al", method, "preflight"},
		"fragment":                     {"not allowed by Access-Control-Allow-Methods in preflight", method, "preflight"},
		"fragment of two stages":       {"header is present on the requested resource", missing, "preflight response redirect"},
		"fragment, short":              {"No 'Access-Control-Allow-Origin' header", missing, "preflight response redirect"},
		"typographic quotes":           {"No ‘Access-Control-Allow-Origin’ header is present on the requested resource.", missing, "preflight response redirect"},
		"DevTools' issue":              {"Access blocked by CORS policy: Response to preflight request doesn’t pass access control check: It does not have HTTP ok status.", "preflight-status", "preflight"},
		"Chrome's name":                {"PreflightMissingAllowOriginHeader", missing, "preflight"},
		"Chrome's name in its source":  {"network::mojom::CorsError::kMissingAllowOriginHeader", missing, "response redirect"},
		"Chrome of 2023":               {"blocked by CORS policy: No 'Access-Control-Allow-Origin' header is present on the requested resource. If an opaque response serves your needs, set the request's mode to 'no-cors' to fetch the resource with CORS disabled.", missing, "response redirect"},
		"Chrome of 2017":               {"Failed to load http://a.example/: Response to preflight request doesn't pass access control check: The 'Access-Control-Allow-Origin' header contains multiple values '*, *', but only one is allowed. Origin 'http://b.example' is therefore not allowed access.", "allow-origin-multiple", "preflight response redirect"},
		"Chrome of 2016":               {"XMLHttpRequest cannot load http://a.example/. Response for preflight has invalid HTTP status code 405", "preflight-status", "preflight"},
		"Chrome of 2015, redirect":     {"Redirect from 'http://a.example/' to 'http://b.example/' has been blocked by CORS policy: No 'Access-Control-Allow-Origin' header is present on the requested resource.", missing, "redirect"},
		"Chrome of 2013":               {"Origin http://a.example is not allowed by Access-Control-Allow-Origin.", checks, "preflight response redirect"},
		"Chrome of 2014":               {"Credentials flag is 'true', but the 'Access-Control-Allow-Credentials' header is ''. It must be 'true' to allow credentials.", "allow-credentials", "preflight response redirect"},
		"hint alone":                   {"If an opaque response serves your needs, set the request's mode to 'no-cors'", checks, "preflight response redirect"},
		"local file":                   {"Access to script at 'file:///x.js' from origin 'null' has been blocked by CORS policy: Cross origin requests are only supported for protocol schemes: http, data, https.", "scheme redirect-scheme", "request redirect"},
		"refused connection":           {"GET http://localhost:1/ net::ERR_CONNECTION_REFUSED", "no-answer", "response"},
		"exception":                    {"TypeError: Failed to execute 'fetch' on 'Window': Request with GET/HEAD method cannot have body.", "request-invalid", "request"},
		"Firefox, plain quotes":        {"(Reason: CORS header 'Access-Control-Allow-Origin' missing)", missing, "preflight response redirect"},
		"Firefox's category":           {"CORSMissingAllowOrigin2", missing, "preflight response redirect"},
		"Firefox's link":               {"https://developer.mozilla.org/docs/Web/HTTP/CORS/Errors/CORSMissingAllowOrigin?utm_source=devtools", missing, "preflight response redirect"},
		"Firefox of 2019":              {"Reason: missing token ‘content-type’ in CORS header ‘Access-Control-Allow-Headers’ from CORS preflight channel", "header-not-allowed", "preflight"},
		"Firefox, value decides":       {"CORS header ‘Access-Control-Allow-Origin’ does not match ‘http://a.example, *’", "allow-origin-multiple", "preflight response redirect"},
		"Firefox, forbidden method":    {"TypeError: Window.fetch: Invalid request method TRACE.", "method-forbidden", "request"},
		"Firefox, status decides":      {"(Reason: CORS preflight response did not succeed). Status code: 404.", "preflight-status", "preflight"},
		"Firefox's commonest line":     {"Cross-Origin Request Blocked: The Same Origin Policy disallows reading the remote resource at http://a.example/. (Reason: CORS request did not succeed). Status code: (null).", failed, "preflight response redirect"},
		"Firefox's commonest category": {"CORSDidNotSucceed2", failed, "preflight response redirect"},
		"Firefox's commonest link":     {"https://developer.mozilla.org/docs/Web/HTTP/CORS/Errors/CORSDidNotSucceed?utm_source=devtools", failed, "preflight response redirect"},
		"Firefox, several headers":     {"Multiple CORS header ‘Access-Control-Allow-Origin’ not allowed", "allow-origin-multiple no-answer", "preflight response redirect"},
		"Firefox, other scheme":        {"(Reason: CORS request not http).", "scheme redirect-scheme", "request redirect"},
		"Chrome, redirect to data:":    {"GET http://a.example/ net::ERR_UNSAFE_REDIRECT", "redirect-scheme", "redirect"},
		"Chrome, redirect to a scheme": {"net::ERR_UNKNOWN_URL_SCHEME", "scheme redirect-scheme", "request redirect"},
		"Chrome, two Locations":        {"net::ERR_RESPONSE_HEADERS_MULTIPLE_LOCATION", "redirect-location", "preflight response redirect"},
		"Chrome, mode same-origin":     {"Unsafe attempt to load URL http://a.example/ from frame with URL http://b.example/x. Domains, protocols and ports must match.", "mode-same-origin", "redirect"},
		"Safari, mode same-origin":     {"Unsafe attempt to load URL http://a.example/ from origin http://b.example. Domains, protocols and ports must match.", "mode-same-origin", "redirect"},
		"Safari, mode no-cors":         {"No-Cors mode requires follow redirect mode", "mode-no-cors", "request"},
		"Safari, redirect to FTP":      {"FTP URLs are disabled", "redirect-scheme", "redirect"},
		"Safari, redirect to a scheme": {"Redirection to URL with a scheme that is not HTTP(S).", "redirect-scheme", "redirect"},
		"Safari, redirect elsewhere":   {"Cross-origin redirection to data:x denied by Cross-Origin Resource Sharing policy: not allowed to follow a cross-origin CORS redirection with non CORS scheme", "redirect-location redirect-scheme", "redirect"},
		"Safari and Chrome, file:":     {"Not allowed to load local resource: file:///etc/passwd", "scheme redirect-scheme", "request redirect"},
		"Safari, all its lines":        {"[Error] Origin http://a.example is not allowed by Access-Control-Allow-Origin. Status code: 200\n[Error] Fetch API cannot load http://b.example/ due to access control checks.\n[Error] Failed to load resource: Origin http://a.example is not allowed by Access-Control-Allow-Origin. Status code: 200", checks, "preflight response"},
		"Safari, redirected preflight": {"Preflight response is not successful. Status code: 302", "preflight-redirect preflight-status", "preflight"},
		"two lines":                    {"blocked by CORS policy: Request header field x-token is not allowed by Access-Control-Allow-Headers in preflight response.\nblocked by CORS policy: The 'Access-Control-Allow-Origin' header contains multiple values '*, *', but only one is allowed.", "header-not-allowed|allow-origin-multiple", "preflight"},
		"line and text after it":       {"No 'Access-Control-Allow-Origin' header is present on the requested resource.\nGET http://localhost:8000/x net::ERR_FAILED 200 (OK)\nUncaught (in promise) TypeError: Failed to fetch", missing, "preflight response redirect"},
		"what a script gets, Chrome":   {"Uncaught (in promise) TypeError: Failed to fetch\n    at app.js:1", "no-reason", ""},
		"what a script gets, Firefox":  {"TypeError: NetworkError when attempting to fetch resource.", "no-reason", ""},
		"what a script gets, Safari":   {"TypeError: Load failed", "no-reason", ""},
		"Safari's second line":         {"Fetch API cannot load http://b.example/ due to access control checks.", "no-reason", ""},
		"beginning of Chrome's lines":  {"Access to fetch at 'u' from origin 'o' has been blocked by CORS policy:", "no-reason", ""},
		"local network":                {"Request had a target IP address space of `local` yet the resource is in address space `loopback`.", "local-network", ""},
		"private network":              {"No 'Access-Control-Allow-Private-Network' header was present in the preflight response for this private network request targeting the `local` address space.", "local-network", ""},
		"security policy":              {"Refused to connect to 'http://a.example/' because it violates the following Content Security Policy directive: \"connect-src 'self'\".", "security-policy", ""},
		"mixed content":                {"Mixed Content: The page at 'https://a.example/' was loaded over HTTPS, but requested an insecure resource 'http://b.example/'. This request has been blocked; the content must be served over HTTPS.", "mixed-content", ""},
		"opaque response blocking":     {"GET http://a.example/x.png net::ERR_BLOCKED_BY_ORB", "opaque-blocking", ""},
		"resource policy":              {"net::ERR_BLOCKED_BY_RESPONSE.NotSameOrigin 200 (OK)", "resource-policy", "response redirect"},
		"embedder policy":              {"net::ERR_BLOCKED_BY_RESPONSE.NotSameOriginAfterDefaultedToSameOriginByCoep", "embedder", ""},
		"header that is not exposed":   {"Refused to get unsafe header \"X-Total\"", "not-exposed", ""},
	} {
		t.Run(name, func(t *testing.T) {
			matches := glossary.New().LookUp(test.text).Matches
			if got := described(matches); got != test.want {
				t.Fatalf("LookUp() = %s, want %s", got, test.want)
			}
			for _, m := range matches {
				if !m.Sure {
					t.Errorf("%+v is a guess, want it to be sure", m)
				}
			}
			if got := joined(matches[0].Stages); got != test.stages {
				t.Errorf("stages = %s, want %s", got, test.stages)
			}
		})
	}
}

// TestLookUp_guess looks up what no engine says. The closest match comes first, and
// unrelated text has no match.
func TestLookUp_guess(t *testing.T) {
	for text, first := range map[string]string{
		"my API doesn't allow the PUT method":           "method-not-allowed",
		"preflight got a 404":                           "preflight-status",
		"wildcard with credentials":                     "allow-origin-wildcard",
		"too many redirects":                            "redirect-limit",
		"header content-type not allowed":               "header-not-allowed",
		"CORS header missing":                           "allow-origin-missing",
		"localhost connection refused":                  "no-answer",
		"the weather is fine in Paris today":            "",
		"lorem ipsum dolor sit amet":                    "",
		"I get a blue screen when the page loads":       "",
		"undefined is not a function":                   "",
		"http://method.example/preflight/allow/headers": "",
		"":     "",
		"'''…": "",
	} {
		matches := glossary.New().LookUp(text).Matches
		if first == "" {
			if len(matches) > 0 {
				t.Errorf("LookUp(%q) = %s, want nothing", text, described(matches))
			}
			continue
		}
		if len(matches) == 0 || described(matches[:1]) != first || matches[0].Sure {
			t.Errorf("LookUp(%q) = %s, want a guess at %s first", text, described(matches), first)
		}
	}
}

// TestLookUp_values checks the values that a text names.
func TestLookUp_values(t *testing.T) {
	for text, want := range map[string][]glossary.Value{
		"Access to fetch at 'http://a.example/x' (redirected from 'http://b.example/') from origin 'http://c.example' has been blocked by CORS policy: Method PUT is not allowed by Access-Control-Allow-Methods in preflight response.": {
			{What: "url", Text: "http://a.example/x"},
			{What: "origin", Text: "http://c.example"},
			{What: "url", Text: "http://b.example/"},
			{What: "method", Text: "PUT"},
		},
		"Cross-Origin Request Blocked: The Same Origin Policy disallows reading the remote resource at http://a.example/x. (Reason: header ‘x-token’ is not allowed according to header ‘Access-Control-Allow-Headers’ from CORS preflight response).": {
			{What: "url", Text: "http://a.example/x"}, {What: "header", Text: "x-token"},
		},
		"Origin null is not allowed by Access-Control-Allow-Origin. Status code: 404": {
			{What: "status", Text: "404"}, {What: "origin", Text: "null"},
		},
		`The 'Access-Control-Allow-Origin' header has a value '"http://a.example"' that is not equal to the supplied origin.`: {
			{What: "value", Text: `"http://a.example"`},
		},
		"The 'Access-Control-Allow-Origin' header contains the invalid value ''.":                                              nil,
		"Cross-Origin Request Blocked: The Same Origin Policy disallows reading the remote resource at . Status code: (null).": nil,
		"Method <b>x</b> is not allowed by Access-Control-Allow-Methods in preflight response.":                                nil,
		"TypeError: Window.fetch: http://u:p@a.example/ is an url with embedded credentials.":                                  {{What: "url", Text: "http://u:p@a.example/"}},
		"Unsafe attempt to load URL http://a.example/ from frame with URL http://b.example/x. Domains, protocols and ports must match.": {
			{What: "url", Text: "http://a.example/"}, {What: "page", Text: "http://b.example/x"},
		},
		"Failed to load resource: net::ERR_FAILED":                                                                                  nil,
		"Header Access-Control-Allow-Methods has an invalid value: GET, P UT":                                                       {{What: "value", Text: "GET, P UT"}},
		"Redirect from 'http://a.example/' to 'http://b.example/' has been blocked by CORS policy: It does not have HTTP ok status": {{What: "url", Text: "http://a.example/"}, {What: "location", Text: "http://b.example/"}},
	} {
		if diff := diffValues(want, glossary.New().LookUp(text).Values); diff != "" {
			t.Errorf("LookUp(%q): values (-want +got):\n%s", text, diff)
		}
	}
}

// TestLookUp_long checks that only the beginning of a long text is read.
func TestLookUp_long(t *testing.T) {
	const line = "No 'Access-Control-Allow-Origin' header is present on the requested resource. "
	for name, test := range map[string]struct {
		text  string
		found int
		cut   bool
	}{
		"at the beginning":         {line + strings.Repeat("é", glossary.MaxLookUp), 1, true},
		"beyond the limit":         {strings.Repeat("é", glossary.MaxLookUp) + line, 0, true},
		"just short enough":        {line + strings.Repeat("x", glossary.MaxLookUp-len(line)), 1, false},
		"bytes that are not UTF-8": {strings.Repeat("\x80", 2*glossary.MaxLookUp), 0, true},
	} {
		got := glossary.New().LookUp(test.text)
		if len(got.Matches) != test.found || got.Cut != test.cut {
			t.Errorf("%s: LookUp() finds %d, cut %t; want %d, %t", name, len(got.Matches), got.Cut, test.found, test.cut)
		}
	}
}

// TestPhrases checks that every engine that reports a cause has phrases for it, without
// duplicates.
func TestPhrases(t *testing.T) {
	g := glossary.New()
	for _, cause := range cors.Causes() {
		total := 0
		for _, engine := range cors.Browsers() {
			seen := make(map[string]bool)
			for _, w := range g.Phrases(cause, engine) {
				if seen[w.Plain()] || strings.ContainsAny(w.Plain(), "{}") || w.Retired || w.Engine != engine {
					t.Errorf("%s in %s: bad phrase %+v", cause, engine, w)
				}
				seen[w.Plain()] = true
				total++
			}
		}
		if total == 0 {
			t.Errorf("%s has no phrase", cause)
		}
	}
}

// TestTopics checks that each topic has a summary and a phrase.
func TestTopics(t *testing.T) {
	for _, topic := range glossary.Topics() {
		if topic.Summary() == "" || topic.Remedy() == "" || !strings.HasPrefix(topic.Link(), "https://") {
			t.Errorf("%s lacks a summary, a remedy or a link", topic)
		}
	}
}

// FuzzLookUp looks up any text. Nothing must panic, values must come from the text, and
// a certain match must name a cause or a topic.
func FuzzLookUp(f *testing.F) {
	for _, seed := range []string{
		"", "\x80", "Access to fetch at 'http://a.example/' from origin 'null' has been blocked by CORS policy: Method PUT is not allowed by Access-Control-Allow-Methods in preflight response.", "No 'Access-Control-Allow-Origin' header is present on the requested resource.", "‘’", "method method is not allowed by",
		"Header Access-Control-Allow-Methods has an invalid value: '", "is an url with embedded credentials", "Origin Origin is not allowed by Access-Control-Allow-Origin. Status code:",
	} {
		f.Add(seed)
	}
	g := glossary.New()
	f.Fuzz(func(t *testing.T, text string) {
		got := g.LookUp(text)
		for _, m := range got.Matches {
			if len(m.Causes) == 0 && m.Topic == "" {
				t.Errorf("LookUp(%q): a match of nothing: %+v", text, m)
			}
			if m.Sure && m.Text == "" {
				t.Errorf("LookUp(%q): sure of no phrase: %+v", text, m)
			}
		}
		for _, value := range got.Values {
			if !strings.Contains(text, strings.TrimSuffix(value.Text, "…")) {
				t.Errorf("LookUp(%q): value %+v is not in the text", text, value)
			}
		}
	})
}

func BenchmarkLookUp(b *testing.B) {
	const line = "Access to fetch at 'http://localhost:8000/x' from origin 'http://localhost:8080' has been blocked by CORS policy: Method PUT is not allowed by Access-Control-Allow-Methods in preflight response. "
	g := glossary.New()
	for name, text := range map[string]string{
		"line":          line,
		"unknown":       "my API does not allow the PUT method and I have no idea which header is wrong in the response to the preflight",
		"8 KiB of line": strings.Repeat(line, 40),
		"8 KiB of bait": strings.Repeat("header is not allowed by Method ", 256),
	} {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				g.LookUp(text)
			}
		})
	}
}

// described lists the causes or topics of the matches.
func described(matches []glossary.Match) string {
	var all []string
	for _, m := range matches {
		if len(m.Causes) == 0 {
			all = append(all, string(m.Topic))
		} else {
			all = append(all, joined(m.Causes))
		}
	}
	return strings.Join(all, "|")
}

func joined[T ~string](words []T) string {
	var all []string
	for _, word := range words {
		all = append(all, string(word))
	}
	return strings.Join(all, " ")
}

func diffValues(want, got []glossary.Value) string {
	if len(want) == 0 && len(got) == 0 {
		return ""
	}
	return cmp.Diff(want, got)
}
