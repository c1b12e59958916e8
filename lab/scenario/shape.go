package scenario

import (
	"slices"
	"strings"

	"corslab/lab/cors"
	"corslab/lab/internal/phrase"
	"corslab/lab/origin"
	"corslab/lab/policy"
)

// Shape is what a sandbox lets the learner set in addition to script and policy: parts
// of the request that other scenarios fix, and the routes that have replies of their
// own.
type Shape struct {
	From     Caller        `json:"from"`
	In       Context       `json:"in"`
	Kind     Kind          `json:"kind"`
	URL      Address       `json:"url"`
	Pinned   bool          `json:"pinned,omitempty"`
	Redirect cors.Redirect `json:"redirect"`
	Body     cors.BodyKind `json:"body,omitempty"`   // "" for none
	Text     string        `json:"text,omitempty"`   // of the body; a form has a line name=value for each field
	Routes   []Address     `json:"places,omitempty"` // of the policy's routes; links call them places
}

// Bounds on a shape's texts, in bytes.
const (
	maxPath = 1 << 10
	MaxText = 8 << 10
)

// validOr returns the address. If that is impossible, it reports why and returns own.
func (a Address) validOr(own Address, in Field, fault faultFunc) Address {
	switch {
	case !slices.Contains(origin.APINames(), a.API):
		fault(in.Named(inputAPI), "%s is unknown; want %s", phrase.Brief(a.API), phrase.OneOf(origin.APINames()))
	case len(a.Path) > maxPath:
		fault(in.Named(InputPath), "it has %d bytes, at most %d are allowed", len(a.Path), maxPath)
	case !IsPath(a.Path):
		fault(in.Named(InputPath), "%s is no path; want one such as /messages/0", phrase.Brief(a.Path))
	default:
		return a
	}
	return own
}

func (a Address) shorten() Address {
	return Address{phrase.FirstRunes(a.API, policy.MaxHeaderName), phrase.FirstRunes(a.Path, maxPath+1)}
}

// shape is the shape that the scenario itself has.
func (s *Scenario) shape() *Shape {
	script := s.Script
	shape := &Shape{
		From: script.From, In: script.In, Kind: script.Kind, URL: addressOf(script.URL), Pinned: script.Pinned,
		Redirect: script.Redirect, Body: script.Sends(), Text: script.Body.Text,
	}
	if shape.Body == cors.FormBody {
		shape.Text = formLines(script.Body.Form)
	}
	for _, route := range s.Policy.Routes {
		shape.Routes = append(shape.Routes, addressOf(route.URL))
	}
	return shape
}

// validOr returns the shape with impossible parts replaced by own's, and reports them.
func (h Shape) validOr(own Shape, fault faultFunc) Shape {
	known(&h.From, own.From, InputFrom, Callers(), fault)
	known(&h.In, own.In, InputIn, Contexts(), fault)
	known(&h.Kind, own.Kind, InputKind, Kinds(), fault)
	known(&h.Redirect, own.Redirect, InputRedirect, cors.Redirects(), fault)
	known(&h.Body, own.Body, InputBody, append(BodyKinds(), ""), fault)
	if len(h.Text) > MaxText {
		fault(Field{Section: SectionShape, Input: InputText}, "it has %d bytes, at most %d are allowed", len(h.Text), MaxText)
		h.Text = own.Text
	}
	h.URL = h.URL.validOr(own.URL, Field{Section: SectionShape}, fault)
	h.Routes = slices.Clone(h.Routes)
	for i, address := range h.Routes {
		in := Field{Section: SectionRoute, Route: i + 1}
		if slices.Contains(h.Routes[:i], address) {
			fault(in.Named(InputPath), "%s has a place already", phrase.Brief(address.Path))
		}
		h.Routes[i] = address.validOr(own.URL, in, fault)
	}
	return h
}

// known reports a part of a shape that isn't one of the known words, and replaces it
// by the scenario's own.
func known[T ~string](found *T, own T, input Input, all []T, fault faultFunc) {
	if !slices.Contains(all, *found) {
		fault(Field{Section: SectionShape, Input: input}, "%s is unknown; want %s", phrase.Brief(string(*found)), phrase.OneOf(all))
		*found = own
	}
}

// shorten cuts texts just beyond their bounds, as it is done for headers.
func (h Shape) shorten() *Shape {
	h.From, h.In, h.Kind = short(h.From), short(h.In), short(h.Kind)
	h.Redirect, h.Body = short(h.Redirect), short(h.Body)
	h.Text = phrase.FirstRunes(h.Text, MaxText+1)
	h.URL = h.URL.shorten()
	h.Routes = slices.Clone(h.Routes)
	for i, address := range h.Routes {
		h.Routes[i] = address.shorten()
	}
	return &h
}

func short[T ~string](word T) T { return T(phrase.FirstRunes(string(word), policy.MaxHeaderName)) }

// script returns the script with this shape. Settings that its kind does not allow
// become the usual ones.
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
	case cors.StreamBody:
		return Body{Kind: cors.TextBody, Text: h.Text}, SwitchOn
	case cors.FormBody:
		return Body{Kind: cors.FormBody, Form: formFields(h.Text)}, ""
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
