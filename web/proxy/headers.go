package proxy

import (
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"corslab/lab/cors"
	"corslab/lab/endpoint"
	"corslab/lab/fields"
	"corslab/lab/origin"
)

// responseHeaders returns the API's response headers as a proxy passes them on. It
// removes those that no response of the lab may carry, moves cookies below the proxy's
// own path, and replaces the API's addresses with the proxy's.
func (p *Proxies) responseHeaders(response *http.Response, way forwarded) http.Header {
	headers := without(response.Header, func(name string) bool {
		return fields.Lookup(name).Verdict == fields.Refused || name == "Set-Cookie" && way.at.Via == endpoint.CORS
	})
	for i, line := range headers["Set-Cookie"] {
		cookie := fields.ParseCookie(line)
		cookie.Path = "/" + strings.TrimPrefix(strings.TrimPrefix(cookie.Path, way.to.Folder()), "/")
		headers["Set-Cookie"][i] = cookie.Under(way.at.Folder())
	}
	if location := headers.Get("Location"); location != "" {
		headers.Set("Location", p.rewriteLocation(location, response.Request.URL, way))
	}
	return headers
}

// rewriteLocation rewrites a Location of the API so that it leads through the proxy. It
// resolves the URL as browsers do, including dot segments, because a URL relative to the
// API's path must not lead out of the proxy's.
func (p *Proxies) rewriteLocation(location string, at *url.URL, way forwarded) string {
	to, ok := cors.Resolve(location, at.String())
	if !ok {
		return location
	}
	there, through := endpoint.Parse(to.Origin+to.Path), way.at
	for _, name := range origin.APINames() {
		if p.origins.Of(name) == to.Origin && there.Via != endpoint.SameOrigin && there.In(way.at.Session, way.at.Run) {
			through.API, through.Rest = name, there.Brief()
			return through.Target()
		}
	}
	if isRelative(location) {
		return to.Origin + to.Path
	}
	return location
}

// isRelative reports whether a Location that the API sent has no scheme.
func isRelative(location string) bool {
	scheme, _, found := strings.Cut(location, ":")
	return !found || !slices.Contains([]string{"http", "https", "app"}, scheme)
}

// without returns a copy that lacks some headers.
func without(headers http.Header, lacks func(name string) bool) http.Header {
	rest := headers.Clone()
	maps.DeleteFunc(rest, func(name string, _ []string) bool { return lacks(name) })
	return rest
}
