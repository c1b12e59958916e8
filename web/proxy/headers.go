package proxy

import (
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"corslab/lab/scenario"
	"corslab/lab/session"
)

// hopByHop lists headers that are for one connection
// (https://httpwg.org/specs/rfc9110.html#field.connection).
func hopByHop() []string {
	return []string{"Connection", "Keep-Alive", "Proxy-Authenticate", "Proxy-Authorization", "Proxy-Connection", "Te", "Trailer", "Transfer-Encoding", "Upgrade"}
}

// back is the headers of the API's answer as a proxy hands them on: without
// those that would rule over the page's origin, and with what names the API's
// place changed to the proxy's.
func (p *Proxies) back(response *http.Response, way passage) http.Header {
	headers := without(response.Header, hopByHop()...)
	headers = without(headers, "Clear-Site-Data", "Service-Worker-Allowed", "Refresh", "Content-Length", "Date")
	for i, cookie := range headers["Set-Cookie"] {
		headers["Set-Cookie"][i] = strings.ReplaceAll(cookie, "; Path=/"+way.id, "; Path=/proxy/"+way.id)
	}
	if way.kind == scenario.ViaCORS {
		headers = without(headers, "Set-Cookie")
	}
	if location := headers.Get("Location"); location != "" {
		headers.Set("Location", p.located(location, response.Request.URL, way))
	}
	return headers
}

// located is a Location of the API as the way through the proxy to it.
func (p *Proxies) located(location string, at *url.URL, way passage) string {
	to, err := at.Parse(location)
	if err != nil {
		return location
	}
	ours := "/" + way.id + "/" + strconv.Itoa(way.run)
	rest, found := strings.CutPrefix(to.RequestURI(), ours+"/")
	for _, name := range scenario.APINames() {
		if found && p.origins.Of(name) == "http://"+to.Host {
			if way.kind == scenario.ViaSameOrigin {
				return "/proxy" + ours + "/" + name + "/" + rest
			}
			return ours + session.ProxyPath + name + "/" + rest
		}
	}
	return location
}

// without is a copy that lacks some headers.
func without(headers http.Header, names ...string) http.Header {
	rest := headers.Clone()
	for _, name := range names {
		delete(rest, name)
	}
	return rest
}
