package cors

import (
	"slices"
	"strings"
)

// Wording is how an engine tells of a failure: a console line, a part of one,
// an exception's message, or a name.
type Wording struct {
	Text    string // what varies stands in braces, such as {url}
	Engine  Engine
	Name    string  // of the failure, where the engine has one
	Causes  []Cause // for which it stands, none where it has a topic alone
	Stages  []Stage // at which they can have struck, as far as the wording tells
	Topic   Topic
	Retired bool // newer versions say it otherwise
	Vague   bool // it stands beside others, which tell more
}

// Plain is the text with … for what varies.
func (w Wording) Plain() string {
	var plain strings.Builder
	rest := w.Text
	for {
		before, after, found := strings.Cut(rest, "{")
		plain.WriteString(before)
		if !found {
			return plain.String()
		}
		_, rest, _ = strings.Cut(after, "}")
		plain.WriteString("…")
	}
}

// stagesOf lists where a cause can strike.
func stagesOf(cause Cause) []Stage {
	switch cause {
	case RequestInvalid, MethodForbidden, URLCredentials, StreamUnsupported, StreamHTTP1:
		return []Stage{StageRequest}
	case ModeNoCORS, ModeSameOrigin, Scheme:
		return []Stage{StageRequest, StageRedirect}
	case PreflightStatus, PreflightRedirect, AllowMethodsInvalid, AllowHeadersInvalid, MethodNotAllowed, HeaderNotAllowed:
		return []Stage{StagePreflight}
	case RedirectMode, RedirectLocation, RedirectScheme, RedirectLimit, RedirectCredentials, RedirectStream:
		return []Stage{StageRedirect}
	case ResourcePolicy:
		return []Stage{StageResponse, StageRedirect}
	}
	return []Stage{StagePreflight, StageResponse, StageRedirect}
}

// add puts a wording into the list, or its causes and stages to the same
// wording where it is there already.
func add(list []Wording, w Wording) []Wording {
	at := slices.IndexFunc(list, func(other Wording) bool {
		return other.Text == w.Text && other.Engine == w.Engine && other.Topic == w.Topic
	})
	if at < 0 {
		w.Causes, w.Stages = slices.Clone(w.Causes), slices.Clone(w.Stages)
		return append(list, w)
	}
	known := &list[at]
	known.Causes = union(known.Causes, w.Causes)
	known.Stages = union(known.Stages, w.Stages)
	if known.Name != w.Name { // the one line has several names
		known.Name = ""
	}
	return list
}

// union appends to a what it lacks of b.
func union[T comparable](a, b []T) []T {
	for _, item := range b {
		if !slices.Contains(a, item) {
			a = append(a, item)
		}
	}
	return a
}
