package backend

import (
	"fmt"
	"strconv"
	"strings"

	"corslab/lab/origin"
)

// Address is a URL of the API or of a proxy in parts. The session and the run come
// before the path.
type Address struct {
	Host    string
	Session string
	Run     int    // 0 if the URL names none
	Target  string // the path after the session and the run, with the query; at a proxy it starts with ProxyPath
}

// AddressOf splits a URL. A URL without a run was typed by hand, and counts as run 0.
func AddressOf(url string) Address {
	_, host, rest := origin.Split(url)
	path, sameOrigin := strings.CutPrefix(strings.TrimPrefix(rest, "/"), ProxyPath[1:])
	session, path := cutSegment(path)
	segment, target := cutSegment(path)
	run, err := strconv.Atoi(segment)
	if err != nil {
		run, target = 0, path
	}
	if sameOrigin {
		return Address{host, session, run, ProxyPath + target}
	}
	return Address{host, session, run, "/" + target}
}

// cutSegment cuts off the first segment of a path. The query stays with the rest.
func cutSegment(path string) (segment, rest string) {
	end := strings.IndexAny(path, "/?")
	switch {
	case end < 0:
		return path, ""
	case path[end] == '?':
		return path[:end], path[end:]
	}
	return path[:end], path[end+1:]
}

// Prefix is the part before the path in the URLs of a session's run.
func Prefix(session string, run int) string { return "/" + session + "/" + strconv.Itoa(run) }

// URL is the address's URL without the scheme, the session and the run. It is the
// same in every run.
func (a Address) URL() string { return a.Host + a.Target }

// Path is the target without the query.
func (a Address) Path() string {
	path, _, _ := strings.Cut(a.Target, "?")
	return path
}

// Check returns an error if the address belongs to another session.
func (a Address) Check(session string) error {
	if a.Session != session {
		return fmt.Errorf("found a URL of session %.40q; want one of session %q", a.Session, session)
	}
	return nil
}
