package cors_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"corslab/lab/cors"
)

// TestLookUp_recorded judges every recorded exchange in three engines and
// wants what the judge prints of it looked up to its cause and stage.
func TestLookUp_recorded(t *testing.T) {
	glossary := cors.NewGlossary()
	for _, r := range readRecorded(t) {
		for _, engine := range []cors.Engine{cors.Chromium, cors.Firefox, cors.WebKit} {
			verdict := cors.Judge(r.Exchange, engine)
			for what, text := range map[string]string{
				"console": verdict.Console, "error": verdict.Error, "recorded console": lineOf(r, engine),
			} {
				if text != "" {
					checkFound(t, glossary, r.ID+" "+what, text, verdict)
				}
			}
		}
	}
}

// lineOf is what the real browser printed, where that is about CORS.
func lineOf(r recorded, engine cors.Engine) string {
	if line := r.Truth[engine].Console; !isGeneric(line) {
		return line
	}
	return ""
}

// checkFound wants the text to be looked up, and surely, to what the verdict
// says of the cause, the stage and the engine.
func checkFound(t *testing.T, glossary *cors.Glossary, what, text string, want cors.Verdict) {
	t.Helper()
	got := glossary.LookUp(text)
	if len(got.Matches) != 1 {
		t.Errorf("%s: LookUp(%q) has %d matches, want 1: %v", what, text, len(got.Matches), got.Matches)
		return
	}
	m := got.Matches[0]
	if !m.Exact || m.Engine != want.Engine || m.Retired || !slices.Contains(m.Causes, want.Cause) || !slices.Contains(m.Stages, want.Stage) {
		t.Errorf("%s: LookUp(%q) = %+v, want surely %s at the %s by %s", what, text, m, want.Cause, want.Stage, want.Engine)
	}
	if want.Error != "" && m.Name != "" && m.Name != want.Error {
		t.Errorf("%s: LookUp(%q) names it %s, want %s", what, text, m.Name, want.Error)
	}
}

// TestLookUp_exact looks up what is sure: lines old and new, whole and in
// part, with whatever stands around them.
func TestLookUp_exact(t *testing.T) {
	const missing, method, checks = "allow-origin-missing", "method-not-allowed", "allow-origin-missing allow-origin-multiple allow-origin-invalid allow-origin-mismatch"
	for name, test := range map[string]struct {
		text   string
		want   string // causes or topic of each match, divided by |
		stages string // of the first match
	}{
		"in capitals":                  {"METHOD put IS NOT ALLOWED BY access-control-allow-methods IN PREFLIGHT RESPONSE", method, "preflight"},
		"with what surrounds it":       {"12:01:07.123 app.js:12:5 ▶ Access to fetch at 'u' from origin 'o' has been blocked by CORS policy: Method PUT is not allowed by Access-Control-Allow-Methods in preflight response.\n    at send (app.js:10:3)\n    at async main", method, "preflight"},
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
		"refused connection":           {"GET http://localhost:1/ net::ERR_CONNECTION_REFUSED", "no-answer", "preflight response redirect"},
		"exception":                    {"TypeError: Failed to execute 'fetch' on 'Window': Request with GET/HEAD method cannot have body.", "request-invalid", "request"},
		"Firefox, plain quotes":        {"(Reason: CORS header 'Access-Control-Allow-Origin' missing)", missing, "preflight response redirect"},
		"Firefox's category":           {"CORSMissingAllowOrigin2", missing, "preflight response redirect"},
		"Firefox's link":               {"https://developer.mozilla.org/docs/Web/HTTP/CORS/Errors/CORSMissingAllowOrigin?utm_source=devtools", missing, "preflight response redirect"},
		"Firefox of 2019":              {"Reason: missing token ‘content-type’ in CORS header ‘Access-Control-Allow-Headers’ from CORS preflight channel", "header-not-allowed", "preflight"},
		"Firefox, value decides":       {"CORS header ‘Access-Control-Allow-Origin’ does not match ‘http://a.example, *’", "allow-origin-multiple", "preflight response redirect"},
		"Firefox, forbidden method":    {"TypeError: Window.fetch: Invalid request method TRACE.", "method-forbidden", "request"},
		"Firefox, status decides":      {"(Reason: CORS preflight response did not succeed). Status code: 404.", "preflight-status", "preflight"},
		"Safari, all its lines":        {"[Error] Origin http://a.example is not allowed by Access-Control-Allow-Origin. Status code: 200\n[Error] Fetch API cannot load http://b.example/ due to access control checks.\n[Error] Failed to load resource: Origin http://a.example is not allowed by Access-Control-Allow-Origin. Status code: 200", checks, "preflight response"},
		"Safari, redirected preflight": {"Preflight response is not successful. Status code: 302", "preflight-redirect preflight-status", "preflight"},
		"two lines":                    {"blocked by CORS policy: Request header field x-token is not allowed by Access-Control-Allow-Headers in preflight response.\nblocked by CORS policy: The 'Access-Control-Allow-Origin' header contains multiple values '*, *', but only one is allowed.", "header-not-allowed|allow-origin-multiple", "preflight"},
		"line and what follows it":     {"No 'Access-Control-Allow-Origin' header is present on the requested resource.\nGET http://localhost:8000/x net::ERR_FAILED 200 (OK)\nUncaught (in promise) TypeError: Failed to fetch", missing, "preflight response redirect"},
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
			matches := cors.NewGlossary().LookUp(test.text).Matches
			if got := described(matches); got != test.want {
				t.Fatalf("LookUp() = %s, want %s", got, test.want)
			}
			for _, m := range matches {
				if !m.Exact {
					t.Errorf("%+v is a guess, want it to be sure", m)
				}
			}
			if got := joined(matches[0].Stages); got != test.stages {
				t.Errorf("stages = %s, want %s", got, test.stages)
			}
		})
	}
}

// TestLookUp_guess looks up what no engine says: the nearest comes first, and
// what is near nothing gets nothing.
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
		matches := cors.NewGlossary().LookUp(text).Matches
		if first == "" {
			if len(matches) > 0 {
				t.Errorf("LookUp(%q) = %s, want nothing", text, described(matches))
			}
			continue
		}
		if len(matches) == 0 || described(matches[:1]) != first || matches[0].Exact {
			t.Errorf("LookUp(%q) = %s, want a guess at %s first", text, described(matches), first)
		}
	}
}

// TestLookUp_values checks what a text is said to name.
func TestLookUp_values(t *testing.T) {
	for text, want := range map[string][]cors.Value{
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
		"The 'Access-Control-Allow-Origin' header contains the invalid value ''.":                                                   nil,
		"Cross-Origin Request Blocked: The Same Origin Policy disallows reading the remote resource at . Status code: (null).":      nil,
		"Method <b>x</b> is not allowed by Access-Control-Allow-Methods in preflight response.":                                     nil,
		"TypeError: Window.fetch: http://u:p@a.example/ is an url with embedded credentials.":                                       {{What: "url", Text: "http://u:p@a.example/"}},
		"Failed to load resource: net::ERR_FAILED":                                                                                  nil,
		"Header Access-Control-Allow-Methods has an invalid value: GET, P UT":                                                       {{What: "value", Text: "GET, P UT"}},
		"Redirect from 'http://a.example/' to 'http://b.example/' has been blocked by CORS policy: It does not have HTTP ok status": {{What: "url", Text: "http://a.example/"}, {What: "location", Text: "http://b.example/"}},
	} {
		if diff := diffValues(want, cors.NewGlossary().LookUp(text).Values); diff != "" {
			t.Errorf("LookUp(%q): values (-want +got):\n%s", text, diff)
		}
	}
}

// TestLookUp_long checks that of a long text the beginning is read.
func TestLookUp_long(t *testing.T) {
	const line = "No 'Access-Control-Allow-Origin' header is present on the requested resource. "
	for name, test := range map[string]struct {
		text  string
		found int
		cut   bool
	}{
		"at the beginning":    {line + strings.Repeat("é", cors.MaxLookUp), 1, true},
		"past what is read":   {strings.Repeat("é", cors.MaxLookUp) + line, 0, true},
		"just short enough":   {line + strings.Repeat("x", cors.MaxLookUp-len(line)), 1, false},
		"no character at all": {strings.Repeat("\x80", 2*cors.MaxLookUp), 0, true},
	} {
		got := cors.NewGlossary().LookUp(test.text)
		if len(got.Matches) != test.found || got.Cut != test.cut {
			t.Errorf("%s: LookUp() finds %d, cut %t; want %d, %t", name, len(got.Matches), got.Cut, test.found, test.cut)
		}
	}
}

// TestWordings checks that each cause that a browser tells of is worded by
// each engine that has words for it, without duplicates.
func TestWordings(t *testing.T) {
	glossary := cors.NewGlossary()
	for _, cause := range cors.Causes() {
		total := 0
		for _, engine := range []cors.Engine{cors.Chromium, cors.Firefox, cors.WebKit} {
			seen := make(map[string]bool)
			for _, w := range glossary.Wordings(cause, engine) {
				if seen[w.Plain()] || strings.ContainsAny(w.Plain(), "{}") || w.Retired || w.Engine != engine {
					t.Errorf("%s in %s: bad wording %+v", cause, engine, w)
				}
				seen[w.Plain()] = true
				total++
			}
		}
		if total == 0 {
			t.Errorf("%s has no wording", cause)
		}
	}
}

// TestTopics checks that each topic says what it is, and has a wording.
func TestTopics(t *testing.T) {
	for _, topic := range cors.Topics() {
		if topic.Summary() == "" || topic.Remedy() == "" || !strings.HasPrefix(topic.Link(), "https://") {
			t.Errorf("%s lacks a summary, a remedy or a link", topic)
		}
	}
}

// FuzzLookUp looks up any text: nothing panics, values come from the text, and
// what is sure names a cause or a topic.
func FuzzLookUp(f *testing.F) {
	for _, seed := range []string{
		"", "\x80", "Access to fetch at 'http://a.example/' from origin 'null' has been blocked by CORS policy: Method PUT is not allowed by Access-Control-Allow-Methods in preflight response.", "No 'Access-Control-Allow-Origin' header is present on the requested resource.", "‘’", "method method is not allowed by",
		"Header Access-Control-Allow-Methods has an invalid value: '", "is an url with embedded credentials", "Origin Origin is not allowed by Access-Control-Allow-Origin. Status code:",
	} {
		f.Add(seed)
	}
	glossary := cors.NewGlossary()
	f.Fuzz(func(t *testing.T, text string) {
		got := glossary.LookUp(text)
		for _, m := range got.Matches {
			if len(m.Causes) == 0 && m.Topic == "" {
				t.Errorf("LookUp(%q): a match of nothing: %+v", text, m)
			}
			if m.Exact && m.Text == "" {
				t.Errorf("LookUp(%q): sure of no wording: %+v", text, m)
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
	glossary := cors.NewGlossary()
	for name, text := range map[string]string{
		"line":          line,
		"unknown":       "my API does not allow the PUT method and I have no idea which header is wrong in the response to the preflight",
		"8 KiB of line": strings.Repeat(line, 40),
		"8 KiB of bait": strings.Repeat("header is not allowed by Method ", 256),
	} {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				glossary.LookUp(text)
			}
		})
	}
}

// described is what the matches are about.
func described(matches []cors.Match) string {
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

func diffValues(want, got []cors.Value) string {
	if len(want) == 0 && len(got) == 0 {
		return ""
	}
	return cmp.Diff(want, got)
}
