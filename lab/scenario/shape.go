package scenario

import (
	"slices"
	"strings"

	"corslab/lab/internal/phrase"
	"corslab/lab/origin"
	"corslab/lab/policy"
)

// Shape is the part of an attempt that only a sandbox has: the parts of the request
// that other scenarios fix, and the addresses of the routes.
type Shape struct {
	From     Caller    `json:"from"`
	In       Context   `json:"in"`
	Kind     Kind      `json:"kind"`
	URL      Address   `json:"url"`
	Pinned   bool      `json:"pinned,omitempty"`
	Redirect Redirect  `json:"redirect"`
	Body     BodyKind  `json:"body,omitempty"`   // "" for none
	Text     string    `json:"text,omitempty"`   // of the body; a form has one field a line, name=value
	Routes   []Address `json:"places,omitempty"` // addresses of the policy's routes
}

// Bounds on a shape's texts, in bytes.
const (
	MaxPath = 1 << 10
	MaxText = 8 << 10
)

// validOr returns the address, or own if the address isn't valid.
func (a Address) validOr(own Address, in Field, fault faultFunc) Address {
	switch {
	case !slices.Contains(origin.APINames(), a.API):
		fault(in.Named("api"), "%s is unknown; want %s", phrase.Brief(a.API), phrase.OneOf(origin.APINames()))
	case len(a.Path) > MaxPath:
		fault(in.Named("path"), "it has %d bytes, at most %d are allowed", len(a.Path), MaxPath)
	case !IsPath(a.Path):
		fault(in.Named("path"), "%s is no path; want one such as /messages/0", phrase.Brief(a.Path))
	default:
		return a
	}
	return own
}

func (a Address) shorten() Address {
	return Address{firstRunes(a.API, policy.MaxHeaderName), firstRunes(a.Path, MaxPath+1)}
}

// shape returns the scenario's own values for the parts of a shape.
func (s *Scenario) shape() *Shape {
	script := s.Script
	shape := &Shape{
		From: script.From, In: script.In, Kind: script.Kind, URL: addressOf(script.URL), Pinned: script.Pinned,
		Redirect: script.Redirect, Body: script.Sends(), Text: script.Body.Text,
	}
	if shape.Body == BodyForm {
		shape.Text = formLines(script.Body.Form)
	}
	for _, route := range s.Policy.Routes {
		shape.Routes = append(shape.Routes, addressOf(route.URL))
	}
	return shape
}

// validOr reports what isn't valid in the shape, and returns it with own's values
// there.
func (h Shape) validOr(own Shape, fault faultFunc) Shape {
	known(&h.From, own.From, "from", Callers(), fault)
	known(&h.In, own.In, "in", Contexts(), fault)
	known(&h.Kind, own.Kind, "kind", Kinds(), fault)
	known(&h.Redirect, own.Redirect, "redirect", Redirects(), fault)
	known(&h.Body, own.Body, "body", append(BodyKinds(), ""), fault)
	if len(h.Text) > MaxText {
		fault(Field{Section: SectionShape, Name: "text"}, "it has %d bytes, at most %d are allowed", len(h.Text), MaxText)
		h.Text = own.Text
	}
	h.URL = h.URL.validOr(own.URL, Field{Section: SectionShape}, fault)
	h.Routes = slices.Clone(h.Routes)
	for i, address := range h.Routes {
		in := Field{Section: SectionRoute, Route: i + 1}
		if slices.Contains(h.Routes[:i], address) {
			fault(in.Named("path"), "%s has a place already", phrase.Brief(address.Path))
		}
		h.Routes[i] = address.validOr(own.URL, in, fault)
	}
	return h
}

// known replaces a part of a shape with the scenario's own if it isn't one of the known
// words, and reports that.
func known[T ~string](found *T, own T, part string, all []T, fault faultFunc) {
	if !slices.Contains(all, *found) {
		fault(Field{Section: SectionShape, Name: part}, "%s is unknown; want %s", phrase.Brief(string(*found)), phrase.OneOf(all))
		*found = own
	}
}

// shorten cuts texts just beyond their bounds, as it does for headers.
func (h Shape) shorten() *Shape {
	h.From, h.In, h.Kind = short(h.From), short(h.In), short(h.Kind)
	h.Redirect, h.Body = short(h.Redirect), short(h.Body)
	h.Text = firstRunes(h.Text, MaxText+1)
	h.URL = h.URL.shorten()
	h.Routes = slices.Clone(h.Routes)
	for i, address := range h.Routes {
		h.Routes[i] = address.shorten()
	}
	return &h
}

func short[T ~string](word T) T { return T(firstRunes(string(word), policy.MaxHeaderName)) }

// script returns the script with this shape. Settings whose values scripts of its kind
// can't have get the usual values.
func (h Shape) script(s Script) Script {
	s.From, s.In, s.Kind, s.URL, s.Pinned, s.Redirect = h.From, h.In, h.Kind, h.URL.String(), h.Pinned, h.Redirect
	s.Body, s.Stream = Body{}, ""
	if h.Body != "" && slices.Contains(s.Kind.Bodies(), h.Body) {
		s.Body, s.Stream = h.body()
	}
	s = s.only(s)
	s.Complete()
	return s
}

func (h Shape) body() (body Body, stream Switch) {
	switch h.Body {
	case BodyStream:
		return Body{Kind: BodyText, Text: h.Text}, SwitchOn
	case BodyForm:
		return Body{Kind: BodyForm, Form: formFields(h.Text)}, ""
	}
	return Body{Kind: h.Body, Text: h.Text}, ""
}

func formLines(fields [][]string) string {
	lines := make([]string, len(fields))
	for i, field := range fields {
		lines[i] = strings.Join(field, "=")
	}
	return strings.Join(lines, "\n")
}

func formFields(text string) [][]string {
	fields := [][]string{}
	for line := range strings.Lines(text) {
		if name, value, _ := strings.Cut(strings.TrimRight(line, "\r\n"), "="); name != "" {
			fields = append(fields, []string{name, value})
		}
	}
	return fields
}
