// Package endpoint has the layout of the URLs at which a run reaches the API: every one
// of them names the session and the run, and one that leads through a proxy also names
// the API origin that the proxy asks.
//
//	/{session}/{run}/…              of the API
//	/proxy/{session}/{run}/{api}/…  of the page listener: the proxy on a page's own origin
//	/{session}/{run}/proxy/{api}/…  of {api2}: the proxy that adds CORS headers
package endpoint

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"corslab/lab/origin"
)

// Proxy is the segment that the paths of both proxies have.
const Proxy = "/proxy"

// URL is a URL of the API or of a proxy, in parts.
type URL struct {
	Scheme  string
	Host    string // as a Host header has it
	Session string
	Run     int    // 0 if the URL names none
	Via     Via    // which proxy's it is; Direct at the API
	API     string // the name of the API origin, which Parse knows only at a proxy; "" if a proxy can't tell whom to ask
	Rest    string // the path after all that, with the query
}

// Parse splits a URL. A URL without a run was typed by hand, and counts as run 0.
func Parse(text string) URL {
	scheme, host, path := origin.Split(text)
	u := URL{Scheme: scheme, Host: host, Via: Direct}
	rest, found := strings.CutPrefix(path, Proxy+"/")
	if found {
		u.Via, path = SameOrigin, "/"+rest
	}
	u.Session, path = cutSegment(path)
	segment, rest := cutSegment(path)
	run, err := strconv.Atoi(segment)
	if err == nil {
		u.Run, path = run, rest
	}
	if rest, found := strings.CutPrefix(path, Proxy+"/"); found && u.Via == Direct {
		u.Via, path = CORS, "/"+rest
	}
	if path == "" || path[0] != '/' {
		path = "/" + path
	}
	u.Rest = path
	if u.Via != Direct && err == nil {
		u.API, u.Rest = cutAPI(path)
	}
	return u
}

// cutSegment cuts the first segment off a path. The query stays with the rest.
func cutSegment(path string) (segment, rest string) {
	path = strings.TrimPrefix(path, "/")
	if end := strings.IndexAny(path, "/?#"); end >= 0 {
		return path[:end], path[end:]
	}
	return path, ""
}

// cutAPI cuts the name of an API origin off a path, if a path follows it.
func cutAPI(path string) (api, rest string) {
	api, rest = cutSegment(path)
	if slices.Contains(origin.APINames(), api) && strings.HasPrefix(rest, "/") {
		return api, rest
	}
	return "", path
}

// At returns the URL at the origin to which it belongs: that of the proxy, which can be
// the page's own, or of the API.
func (u URL) At(page origin.Origin, o origin.Set) URL {
	at := o.Named(u.API)
	switch u.Via {
	case SameOrigin:
		at = page
	case CORS:
		at = o.API2
	}
	u.Scheme, u.Host = at.Scheme, at.HostPort()
	return u
}

// Behind returns the URL of the API that a proxy asks. It is an error if the proxy
// can't tell whom to ask.
func (u URL) Behind(o origin.Set) (URL, error) {
	if u.Via == Direct || u.API == "" {
		return URL{}, fmt.Errorf("found %.200q; want a URL of a proxy that names an API", u)
	}
	u.Via = Direct
	return u.At(origin.Origin{}, o), nil
}

// String returns the whole URL.
func (u URL) String() string { return origin.Join(u.Scheme, u.Host, u.Target()) }

// Target is the path and the query, as a request line has them.
func (u URL) Target() string { return u.Prefix() + u.behindRun() }

// Prefix is what comes first in the paths of a run.
func (u URL) Prefix() string { return u.Folder() + "/" + strconv.Itoa(u.Run) }

// Folder is what comes first in the paths of a session. Its cookies are limited to that,
// because all sessions and the lab's pages share their hosts, and a cookie goes to every
// port of its host.
func (u URL) Folder() string {
	if u.Via == SameOrigin {
		return Proxy + "/" + u.Session
	}
	return "/" + u.Session
}

// behindRun is what follows the session and the run in the URL.
func (u URL) behindRun() string {
	switch u.Via {
	case SameOrigin:
		return u.behindProxy()
	case CORS:
		return Proxy + u.behindProxy()
	}
	return u.Rest
}

func (u URL) behindProxy() string {
	if u.API == "" {
		return u.Rest
	}
	return "/" + u.API + u.Rest
}

// Brief is the path and the query without the session and the run. It is the same in
// every run.
func (u URL) Brief() string {
	if u.Via == SameOrigin {
		return Proxy + u.behindRun()
	}
	return u.behindRun()
}

// Path is [URL.Brief] without the query.
func (u URL) Path() string {
	path, _, _ := strings.Cut(u.Brief(), "?")
	return path
}

// Key identifies what the URL leads to in every run: the host and [URL.Brief].
func (u URL) Key() string { return u.Host + u.Brief() }

// In reports whether the URL is one of a session's run.
func (u URL) In(session string, run int) bool { return u.Session == session && u.Run == run }

// Check returns an error if the URL belongs to another session.
func (u URL) Check(session string) error {
	if u.Session != session {
		return fmt.Errorf("found a URL of session %.40q; want one of session %q", u.Session, session)
	}
	return nil
}
