package gallery

import (
	"strings"

	"corslab/lab/cors"
	"corslab/lab/session"
	"corslab/lab/wire"
)

// The User-Agent header of Chromium 156, and the exception that scripts get.
const (
	userAgent = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/156.0.0.0 Safari/537.36"
	refused   = "TypeError: Failed to fetch"
)

// request returns a request as the lab's page sends it, with the header lines of more.
func (st *fixture) request(method, path string, more ...string) wire.Request {
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

// moved returns the request that follows the redirect in the scenario hops.
func (st *fixture) moved() wire.Request {
	r := st.request("GET", "/moved/messages", "Origin: null")
	r.URL = st.origins.API2.URL("/moved/messages")
	return r
}

// from changes the origin that a request comes from.
func from(origin string, r wire.Request) wire.Request {
	r.Headers = r.Headers.With("Origin", origin)
	return r
}

// preflight returns a preflight for a method and, if not "", for headers.
func (st *fixture) preflight(path, method, headers string) wire.Request {
	lines := []string{"Access-Control-Request-Method: " + method}
	if headers != "" {
		lines = append(lines, "Access-Control-Request-Headers: "+headers)
	}
	return st.request("OPTIONS", path, lines...)
}

// put returns the request that writes a message in the scenarios about preflights.
func (st *fixture) put() wire.Request {
	return withBody(st.request("PUT", "/messages/0", "Content-Type: text/plain;charset=UTF-8"), "Hello from the page")
}

func withBody(r wire.Request, body string) wire.Request {
	r.Body, r.Size = []byte(body), int64(len(body))
	return r
}

// opaque returns a request in no-cors mode, which sends no Origin header.
func (st *fixture) opaque() wire.Request {
	r := st.request("GET", "/messages", "Sec-Fetch-Mode: no-cors")
	r.Headers = r.Headers.Without("Origin")
	return r
}

// got returns the report of a script that can read a response, with the header lines of
// more.
func got(status int, body string, more ...string) session.Report {
	report := session.Report{Type: cors.CORSResponse, Status: status, Body: body, Elapsed: 14.2}
	for _, line := range more {
		name, value, _ := strings.Cut(line, ": ")
		report.Headers = append(report.Headers, []string{name, value})
	}
	return report
}

// failed returns the report of a script that gets an exception.
func failed(what session.Failure) session.Report {
	return session.Report{Type: cors.ErrorResponse, Error: refused, Failed: what, Elapsed: 9.4}
}

// blocked returns the report of a script that CORS blocks. Scripts never learn the
// reason.
func blocked() session.Report { return failed(session.FailedFetch) }

const (
	messages = `[{"id":0,"text":"Hello"},{"id":1,"text":"Is anybody there?"}]` + "\n"
	written  = `{"id":0,"text":"Hello from the page"}` + "\n"
)

// onlyType returns a report with a type and nothing else.
func onlyType(t cors.ResponseType) session.Report {
	return session.Report{Type: t, Elapsed: 11.8}
}
