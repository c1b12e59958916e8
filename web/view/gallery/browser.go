package gallery

import (
	"strings"

	"corslab/lab/cors"
	"corslab/lab/session"
	"corslab/lab/wire"
)

// What Chromium 156 sends, and what it tells scripts of a failure.
const (
	userAgent = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/156.0.0.0 Safari/537.36"
	refused   = "TypeError: Failed to fetch"
)

// request is one that the lab's page makes; each of more is a header line.
func (st *stage) request(method, path string, more ...string) wire.Request {
	headers := wire.Lines(
		"Accept: */*", "Accept-Encoding: gzip, deflate, br, zstd", "Accept-Language: en-US,en;q=0.9",
		"Connection: keep-alive", "Origin: "+st.origins.Page.String(), "Referer: "+st.origins.Page.String()+"/",
		"Sec-Fetch-Dest: empty", "Sec-Fetch-Mode: cors", "Sec-Fetch-Site: same-site", "User-Agent: "+userAgent,
	)
	for _, line := range wire.Lines(more...) {
		headers = headers.With(line.Name, line.Value)
	}
	return wire.Request{Method: method, URL: st.origins.API.String() + path, Headers: headers}
}

// moved is the request to which the redirect of the scenario hops leads.
func (st *stage) moved() wire.Request {
	r := st.request("GET", "/moved/messages", "Origin: null")
	r.URL = st.origins.API2.String() + "/moved/messages"
	return r
}

// from is a request that a page of another origin makes.
func from(origin string, r wire.Request) wire.Request {
	r.Headers = r.Headers.With("Origin", origin)
	return r
}

// preflight asks for a method, and for headers where they are named.
func (st *stage) preflight(path, method, headers string) wire.Request {
	lines := []string{"Access-Control-Request-Method: " + method}
	if headers != "" {
		lines = append(lines, "Access-Control-Request-Headers: "+headers)
	}
	return st.request("OPTIONS", path, lines...)
}

// put writes a message, as the scenarios about preflights do.
func (st *stage) put() wire.Request {
	return withBody(st.request("PUT", "/messages/0", "Content-Type: text/plain;charset=UTF-8"), "Hello from the page")
}

func withBody(r wire.Request, body string) wire.Request {
	r.Body, r.Size = []byte(body), int64(len(body))
	return r
}

// opaque is a request of mode no-cors, which names no origin.
func (st *stage) opaque() wire.Request {
	r := st.request("GET", "/messages", "Sec-Fetch-Mode: no-cors")
	r.Headers = r.Headers.Without("Origin")
	return r
}

// got is the report of a script that can read an answer; each of more is a
// header line that it sees.
func got(status int, body string, more ...string) session.Report {
	report := session.Report{Type: cors.CORSResponse, Status: status, Body: body, Elapsed: 14.2}
	for _, line := range more {
		name, value, _ := strings.Cut(line, ": ")
		report.Headers = append(report.Headers, []string{name, value})
	}
	return report
}

// failed is the report of a script that gets an exception.
func failed(what session.Failure) session.Report {
	return session.Report{Type: cors.ErrorResponse, Error: refused, Failed: what, Elapsed: 9.4}
}

// blocked is what a script gets that CORS refuses, whatever the reason.
func blocked() session.Report { return failed(session.FailedFetch) }

const (
	messages = `[{"id":0,"text":"Hello"},{"id":1,"text":"Is anybody there?"}]` + "\n"
	written  = `{"id":0,"text":"Hello from the page"}` + "\n"
)

// onlyType is a report of a type that shows a script nothing else.
func onlyType(t cors.ResponseType) session.Report {
	return session.Report{Type: t, Elapsed: 11.8}
}
