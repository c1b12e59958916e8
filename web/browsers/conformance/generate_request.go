package conformance

import (
	"slices"
	"strings"

	"corslab/lab/cors"
)

func (g *generator) request() cors.Request {
	r := cors.Request{
		Initiator:   cors.ByFetch,
		Method:      g.method(),
		Headers:     g.requestHeaders(),
		Mode:        usually(g, 8, cors.CORSMode, cors.NoCORSMode, cors.NoCORSMode, cors.SameOriginMode),
		Credentials: pick(g, cors.SameOriginCredentials, cors.SameOriginCredentials, cors.IncludeCredentials, cors.IncludeCredentials, cors.OmitCredentials),
		Redirect:    usually(g, 6, cors.FollowRedirect, cors.ErrorRedirect, cors.ManualRedirect),
	}
	r.Body = g.requestBody(r.Method)
	if g.chance(28) {
		r.Initiator, r.Mode, r.Redirect = cors.ByXHR, cors.CORSMode, cors.FollowRedirect
		r.Credentials = pick(g, cors.SameOriginCredentials, cors.IncludeCredentials)
		r.UploadListener = g.chance(40)
		if r.Body == cors.StreamBody {
			r.Body = cors.TextBody
		}
	}
	if r.Mode == cors.NoCORSMode && g.chance(80) {
		r.Method, r.Redirect = pick(g, "GET", "HEAD", "POST"), usually(g, 10, cors.FollowRedirect, cors.ManualRedirect, cors.ErrorRedirect)
		r.Body = g.requestBody(r.Method)
	}
	return r
}

func (g *generator) method() string {
	if g.chance(3) {
		return pick(g, "CONNECT", "trace", "TRACK", "P UT", "P(UT)", "P\u00dcT", "")
	}
	return pick(g,
		"GET", "GET", "GET", "GET", "POST", "POST", "POST", "HEAD",
		"PUT", "PUT", "DELETE", "PATCH", "OPTIONS", "QUERY",
		"patch", "put", "get", "Post", "delete", "head", "options", "query", "FOO", "x-!#$%&'*+.^_`|~")
}

func (g *generator) requestBody(method string) cors.BodyKind {
	kinds := []cors.BodyKind{
		cors.TextBody, cors.FormBody, cors.MultipartBody, cors.BytesBody, cors.JSONBlobBody,
		cors.TextBody, cors.FormBody, cors.BytesBody, cors.StreamBody,
	}
	if slices.Contains([]string{"GET", "HEAD", "get", "head", ""}, method) {
		return usually(g, 4, cors.NoBody, kinds...)
	}
	return usually(g, 55, cors.NoBody, kinds...)
}

// requestHeaders returns up to three headers, and sometimes repeats one.
func (g *generator) requestHeaders() [][2]string {
	headers := [][2]string{}
	for range pick(g, 0, 0, 0, 1, 1, 1, 2, 3) {
		headers = append(headers, g.requestHeader())
	}
	if len(headers) > 0 && g.chance(12) {
		again := pick(g, headers...)
		if g.chance(50) {
			again[1] = g.valueFor(again[0])
		}
		again[0] = pick(g, again[0], strings.ToUpper(again[0]))
		headers = append(headers, again)
	}
	if g.chance(1) { // about 1024 bytes in safelisted headers together
		for range pick(g, 7, 8, 9) {
			headers = append(headers, [2]string{"Accept", strings.Repeat("x", pick(g, 113, 127, 128))})
		}
	}
	return headers
}

func (g *generator) requestHeader() [2]string {
	name := g.requestHeaderName()
	value := g.valueFor(name)
	switch g.IntN(40) {
	case 0:
		value = pick(g, " ", "\t", "  ") + value + pick(g, "", " ", "\t")
	case 1:
		value = pick(g, "a\nb", "a\rb", "a\x00b", value+"\n", "\r\n"+value, "")
	}
	return [2]string{pick(g, name, name, strings.ToLower(name)), value}
}

func (g *generator) requestHeaderName() string {
	switch g.IntN(20) {
	case 0:
		return pick(g, forbiddenNames()...)
	case 1, 2:
		return pick(g, "DPR", "Save-Data", "ECT", "RTT", "Downlink", "Device-Memory", "Width", "Viewport-Width")
	case 3:
		return pick(g, "X-HTTP-Method-Override", "X-HTTP-Method", "X-Method-Override")
	case 4:
		return usually(g, 30, "User-Agent", "X Token", "", "X(Token)", "X-T\u00f6ken", "X-Token:")
	case 5, 6, 7, 8, 9:
		return pick(g, "X-Token", "Authorization", "X-Requested-With", "x-csrf-token", "Last-Event-ID", "Cache-Control",
			"If-None-Match", "Access-Control-Allow-Origin", "Pragma", "Priority", "X_Token", "A", "Zz-Last")
	case 10, 11:
		return "Range"
	case 12, 13, 14:
		return "Content-Type"
	}
	return pick(g, "Accept", "Accept-Language", "Content-Language")
}

// forbiddenNames returns the forbidden request-headers of Fetch, and some names that
// begin like them.
func forbiddenNames() []string {
	return []string{
		"Accept-Charset", "Accept-Encoding", "Access-Control-Request-Headers", "Access-Control-Request-Method",
		"Connection", "Content-Length", "Cookie", "Cookie2", "Date", "DNT", "Expect", "Host", "Keep-Alive", "Origin", "Referer",
		"Set-Cookie", "TE", "Trailer", "Transfer-Encoding", "Upgrade", "Via", "Proxy-Test", "Sec-Test", "Sec-CH-UA", "Sec-CH-Width",
		"Proxy", "Sec", "Access-Control-Request-Private-Network", "Accept-Charset",
	}
}

// valueFor returns a valid value for a header of this name, or one that is barely
// invalid.
func (g *generator) valueFor(name string) string {
	choices, known := headerValues()[strings.ToLower(name)]
	if !known {
		choices = []string{"1", "abcd1234", "abcd1234", "caf\u00e9", "a,b", "\"q\""}
	}
	value := pick(g, choices...)
	if length, ok := strings.CutSuffix(value, "…"); ok { // filled up to the limit of safelisted values
		value = length + strings.Repeat("x", pick(g, 127, 128, 129)-len(length))
	}
	return value
}

func headerValues() map[string][]string {
	language := []string{"en", "en-GB, de;q=0.5", "en_GB", "en@GB", "*", "en…", "de-\u00e9", "", "en=1.0", "(en)", "e\x7fn", "a\tb"}
	override := []string{"PUT", "TRACE", "trace, PUT", "PUT, connect", "TRACKS", "\"TRACE\"", ""}
	return map[string][]string{
		"accept":           {"*/*", "application/json", "text/html\"x", "a(b)", "x…", "caf\u00e9", "a:b", "a\tb", "a\x7fb", "a\x01b", "", "{}", "a@b", "a\\b", "a/b; q=\"0\""},
		"accept-language":  language,
		"content-language": language,
		"content-type": {
			"text/plain", "text/plain; charset=utf-8", "Text/Plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x",
			"application/json", "application/json", "text/html", "text/plain,application/json", "text/plain; a=(b)", "text/plain;a=…",
			"text/plain; a=\u00e9", "text/plain;", "text/plain;;a", "text/plain; a", "text/plain ;a=b", "text/", "/plain", "text", "", "text/plain/x",
			" text/plain", "text/plain; a='b'", "multipart/form-data", "text /plain", "text/plain; charset==utf-8", "text/plain, text/plain", "*/*",
		},
		"range": {
			"bytes=0-99", "bytes=5-", "bytes=0-0", "bytes=-5", "bytes=0-1,2-3", "bytes=10-5", "Bytes=0-1", "bytes=0 - 1", "bytes = 0-1",
			"bytes=0- 9", "items=0-1", "bytes=", "bytes", "bytes=a-b", "bytes=-", "bytes=00-09", "", "bytes=0-99999999999999999999", "bytes=0-9x",
		},
		"dpr":                    {"2", "1.5", "0", "-1", "two", ""},
		"save-data":              {"on", "On", "off", "?1"},
		"ect":                    {"4g", "slow-2g", "2g", "5g", "4G"},
		"rtt":                    {"100", "0", "1.5", "-1", "fast"},
		"downlink":               {"10", "1.7", "-1", "x"},
		"device-memory":          {"8", "0.25", "3", "much"},
		"width":                  {"320", "320.5", "-1", "wide"},
		"viewport-width":         {"320", "1.5", "-1", "wide"},
		"x-http-method-override": override,
		"x-http-method":          override,
		"x-method-override":      override,
		"authorization":          {"Bearer t", "Basic dTpw"},
		"user-agent":             {"lab"},
		"origin":                 {"http://x", "null"},
		"host":                   {"x"},
		"content-length":         {"3"},
	}
}
