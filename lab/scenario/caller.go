package scenario

import "corslab/lab/origin"

// Caller is the page that runs a script, by the placeholder name of its origin.
type Caller string

// The callers: pages of five origins and a sandboxed frame, whose origin is null.
const (
	CallerPage  Caller = "page"
	CallerOther Caller = "other"
	CallerShop  Caller = "shop"
	CallerEvil  Caller = "evil"
	CallerTwin  Caller = "twin"
	CallerNull  Caller = "null"
)

// Callers lists all callers.
func Callers() []Caller {
	return []Caller{CallerPage, CallerOther, CallerShop, CallerEvil, CallerTwin, CallerNull}
}

// Origin returns the serialized origin of the caller's page.
func (c Caller) Origin(o origin.Set) string { return o.Of(string(c)) }

// Placeholder is the caller's origin as a file writes it in a header's value.
func (c Caller) Placeholder() string {
	if c == CallerNull {
		return "null"
	}
	return "{" + string(c) + "}"
}

// Context is the browsing context in which a script runs.
type Context string

// The contexts. In a window of its own, the browser treats the page's cookies as
// first-party cookies.
const (
	InFrame  Context = "frame"
	InWindow Context = "window"
)

// Contexts lists all contexts.
func Contexts() []Context { return []Context{InFrame, InWindow} }

// Runner returns the URL of the document that runs the caller's scripts. For null, it
// is the page's document in a sandboxed frame.
func (c Caller) Runner(o origin.Set) string { return c.host(o).URL("/runner") }

// host is the origin that serves the caller's page.
func (c Caller) host(o origin.Set) origin.Origin {
	if c == CallerNull {
		return o.Page
	}
	return o.Named(string(c))
}
