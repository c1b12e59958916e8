package scenario

import (
	"slices"

	"corslab/lab/cors"
)

// Kind is the browser API that a script uses to make its request.
type Kind string

// The kinds of request.
const (
	KindFetch       Kind = "fetch"       // fetch()
	KindXHR         Kind = "xhr"         // XMLHttpRequest
	KindImage       Kind = "img"         // an <img> element
	KindScript      Kind = "script"      // a classic <script> element
	KindModule      Kind = "module"      // a <script type="module"> element
	KindCanvas      Kind = "canvas"      // an image that is drawn and read back
	KindFont        Kind = "font"        // a FontFace
	KindForm        Kind = "form"        // a submitted <form>
	KindBeacon      Kind = "beacon"      // navigator.sendBeacon()
	KindEventSource Kind = "eventsource" // an EventSource
)

// kindFacts is what the browser does for one kind of request.
type kindFacts struct {
	kind    Kind
	headers bool            // the script can set request headers
	bodies  []cors.BodyKind // the bodies that it can send
	silent  bool            // the page never learns how the request ended
	runs    bool            // the response runs as code of the page
	files   []string        // files of the API that it can use; nil for any response
}

// kinds is the table of kinds, in the order in which pages offer them. No code changes
// it.
var kinds = [...]kindFacts{
	{kind: KindFetch, headers: true, bodies: BodyKinds()},
	{kind: KindXHR, headers: true, bodies: []cors.BodyKind{cors.TextBody, cors.FormBody, cors.JSONBlobBody}},
	{kind: KindImage, files: []string{"/image.png"}},
	{kind: KindScript, runs: true},
	{kind: KindModule, runs: true, files: []string{"/module.js", "/script.js", "/broken.js"}},
	{kind: KindCanvas, files: []string{"/image.png"}},
	{kind: KindFont, files: []string{"/font.ttf"}},
	{kind: KindForm, silent: true, bodies: []cors.BodyKind{cors.FormBody}},
	{kind: KindBeacon, silent: true, bodies: []cors.BodyKind{cors.TextBody, cors.FormBody, cors.JSONBlobBody}},
	{kind: KindEventSource, files: []string{"/events"}},
}

// Kinds lists all kinds.
func Kinds() []Kind {
	all := make([]Kind, len(kinds))
	for i, facts := range kinds {
		all[i] = facts.kind
	}
	return all
}

// facts returns the row of a kind, empty for a kind that doesn't exist.
func (k Kind) facts() kindFacts {
	if at := slices.IndexFunc(kinds[:], func(f kindFacts) bool { return f.kind == k }); at >= 0 {
		return kinds[at]
	}
	return kindFacts{}
}

// Reports reports whether the page learns how its request ended.
func (k Kind) Reports() bool { return !k.facts().silent }

// GivesResponse reports whether the script gets the response itself, with status,
// headers and body. With other kinds, the page sees only the effect of the response.
func (k Kind) GivesResponse() bool { return k == KindFetch || k == KindXHR }

// Runs reports whether the response runs as code of the page.
func (k Kind) Runs() bool { return k.facts().runs }

// Files lists the API's files that such a request can use. It is nil if the kind
// takes any response: a classic script runs whatever its type.
func (k Kind) Files() []string { return slices.Clone(k.facts().files) }

// Bodies lists the bodies that such a request can have.
func (k Kind) Bodies() []cors.BodyKind { return slices.Clone(k.facts().bodies) }

// Has reports whether scripts of this kind can have an input of a script. No kind has
// any other input.
func (k Kind) Has(input Input) bool {
	switch input {
	case InputURL, InputPinned:
		return true
	case InputHeaders:
		return k.facts().headers
	case InputBody:
		return len(k.facts().bodies) > 0
	}
	setting, found := SettingNamed(input)
	return found && (setting.kinds == nil || slices.Contains(setting.kinds, k))
}

// KindsWith lists the kinds whose scripts can have an input. It is nil if all can, and
// if none can.
func KindsWith(input Input) []Kind {
	with := slices.DeleteFunc(Kinds(), func(k Kind) bool { return !k.Has(input) })
	if len(with) == 0 || len(with) == len(Kinds()) {
		return nil
	}
	return with
}
