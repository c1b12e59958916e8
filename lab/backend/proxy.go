package backend

import (
	"context"
	"strings"

	"corslab/lab/endpoint"
	"corslab/lab/origin"
	"corslab/lab/wire"
)

const pseudonym = "1.1 corslab-" // a proxy's name in the header Via, without its kind

// Pseudonym is the value of the header Via that the proxy of a kind adds. It
// tells the API where a request comes from, because no script can set it.
func Pseudonym(via endpoint.Via) string { return pseudonym + string(via) }

// ViaOf is the kind of the proxy that a request came through, "" for none.
func ViaOf(r wire.Request) endpoint.Via {
	kind, found := strings.CutPrefix(r.Headers.Get("Via"), pseudonym)
	if via := endpoint.Via(kind); found && (via == endpoint.SameOrigin || via == endpoint.CORS) {
		return via
	}
	return ""
}

// Proxy is a proxy in front of a server, without the connection.
type Proxy struct {
	Kind    endpoint.Via
	Origins origin.Set
	API     wire.Server
}

// Respond answers a preflight itself if the proxy adds CORS headers. It sends
// everything else to the API.
func (p Proxy) Respond(ctx context.Context, r wire.Request) (wire.Response, error) {
	if asked, preflight := r.Preflight(); preflight && p.Kind == endpoint.CORS {
		return Permit(asked), nil
	}
	forwarded, err := p.forward(r)
	if err != nil {
		return wire.Response{}, err
	}
	response, err := p.API.Respond(ctx, forwarded)
	if err == nil && p.Kind == endpoint.CORS {
		response.Headers = Open(response.Headers)
	}
	return response, err
}

// forward returns a request as the proxy sends it to the API, server to server.
func (p Proxy) forward(r wire.Request) (wire.Request, error) {
	behind, err := endpoint.Parse(r.URL).Behind(p.Origins)
	if err != nil {
		return wire.Request{}, err
	}
	r.URL = behind.String()
	r.Headers = Forwarded(r.Headers, p.Kind)
	return r, nil
}

// Forwarded returns the headers of a proxy's request to the API. Servers send no
// origin. The proxy outside the page's site gets no cookies, and would pass none on.
func Forwarded(from wire.Headers, via endpoint.Via) wire.Headers {
	headers := from.WithoutFunc(func(name string) bool {
		ofPage := name == "Origin" || name == "Referer" || strings.HasPrefix(name, "Sec-") || strings.HasPrefix(name, "Access-Control-Request-")
		return ofPage || name == "Via" || name == "Cookie" && via == endpoint.CORS
	})
	return append(headers, wire.Line{Name: "Via", Value: Pseudonym(via)})
}

// Permit is the preflight response of the proxy that adds CORS headers: it allows
// everyone to do everything that they ask for.
func Permit(asked wire.Asked) wire.Response {
	var headers wire.Headers
	if asked.Headers != "" {
		headers.Add("Access-Control-Allow-Headers", asked.Headers)
	}
	headers.Add("Access-Control-Allow-Methods", asked.Method)
	return wire.Response{Status: 204, Headers: Open(headers)}
}

// Open returns a response's headers with those that this proxy adds to let everyone
// read it.
func Open(headers wire.Headers) wire.Headers {
	return headers.Without("Access-Control-Allow-Credentials").
		With("Access-Control-Allow-Origin", "*").
		With("Access-Control-Expose-Headers", "*")
}
