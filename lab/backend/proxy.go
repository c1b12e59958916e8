package backend

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"corslab/lab/origin"
	"corslab/lab/scenario"
	"corslab/lab/wire"
)

// ProxyPath is the common beginning of the paths of the two proxies.
const ProxyPath = "/proxy/"

const pseudonym = "1.1 corslab-" // a proxy's name in the header Via, without its kind

// Pseudonym is the value of the header Via that the proxy of a kind adds. It
// tells the API where a request comes from, because no script can set it.
func Pseudonym(via scenario.Via) string { return pseudonym + string(via) }

// ViaOf is the kind of the proxy that a request came through, "" for none.
func ViaOf(r wire.Request) scenario.Via {
	kind, found := strings.CutPrefix(r.Headers.Get("Via"), pseudonym)
	if via := scenario.Via(kind); found && (via == scenario.ViaSameOrigin || via == scenario.ViaCORS) {
		return via
	}
	return ""
}

// Proxy is a proxy in front of a server, without the connection.
type Proxy struct {
	Kind    scenario.Via
	Origins origin.Set
	API     wire.Server
}

// Respond answers a preflight itself if the proxy adds CORS headers. It sends
// everything else to the API.
func (p Proxy) Respond(ctx context.Context, r wire.Request) (wire.Response, error) {
	if asked, preflight := r.Preflight(); preflight && p.Kind == scenario.ViaCORS {
		return Permit(asked), nil
	}
	forwarded, err := p.forward(r)
	if err != nil {
		return wire.Response{}, err
	}
	response, err := p.API.Respond(ctx, forwarded)
	if err == nil && p.Kind == scenario.ViaCORS {
		response.Headers = Open(response.Headers)
	}
	return response, err
}

// forward returns a request as the proxy sends it to the API, server to server.
func (p Proxy) forward(r wire.Request) (wire.Request, error) {
	to := AddressOf(r.URL)
	target, atProxy := strings.CutPrefix(to.Target, ProxyPath)
	name, path, found := strings.Cut(target, "/")
	if !atProxy || !found || !slices.Contains(origin.APINames(), name) {
		return wire.Request{}, fmt.Errorf("found %.200q; want a URL of a proxy that names an API", r.URL)
	}
	r.URL = p.Origins.Of(name) + Prefix(to.Session, to.Run) + "/" + path
	r.Headers = Forwarded(r.Headers, p.Kind)
	return r, nil
}

// Forwarded returns the headers of a proxy's request to the API. Servers send no
// origin. The proxy outside the page's site gets no cookies, and would pass none on.
func Forwarded(from wire.Headers, via scenario.Via) wire.Headers {
	headers := from.WithoutFunc(func(name string) bool {
		ofPage := name == "Origin" || name == "Referer" || strings.HasPrefix(name, "Sec-") || strings.HasPrefix(name, "Access-Control-Request-")
		return ofPage || name == "Via" || name == "Cookie" && via == scenario.ViaCORS
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
