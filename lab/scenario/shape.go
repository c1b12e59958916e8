package scenario

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
)

// Shape is what an attempt says beyond script and policy where everything can
// be set, as in the sandbox: the parts of the request that another scenario
// fixes, and the places that have answers of their own.
type Shape struct {
	From     string    `json:"from"` // one of Callers
	In       string    `json:"in"`   // one of Contexts
	Kind     string    `json:"kind"` // one of Kinds
	URL      Address   `json:"url"`
	Pinned   bool      `json:"pinned,omitempty"`
	Redirect string    `json:"redirect"`       // one of Redirects
	Body     string    `json:"body,omitempty"` // "", or one of Bodies
	Text     string    `json:"text,omitempty"` // of the body; of a form a line a field, name=value
	Places   []Address `json:"places,omitempty"`
}

// Address is a URL of the API: the name of an origin, one of APINames, and a
// path with or without a query.
type Address struct {
	API  string `json:"api"`
	Path string `json:"path"`
}

// Bounds on a shape's texts, in bytes.
const (
	MaxPath = 1 << 10
	MaxText = 8 << 10
)

// APINames lists the placeholders of the API's origins.
func APINames() []string { return []string{"api", "api2", "bank"} }

// Bodies lists what a body can be: "stream" is a text that goes as a
// ReadableStream.
func Bodies() []string { return []string{"text", "form", "json-blob", "stream"} }

// String gives the form that files have: {api}/messages/0.
func (a Address) String() string { return "{" + a.API + "}" + a.Path }

// addressOf reads an address such as {api}/messages/0.
func addressOf(url string) Address {
	api, path, _ := strings.Cut(strings.TrimPrefix(url, "{"), "}")
	return Address{api, path}
}

// sound returns the address, or own in its place where it cannot be.
func (a Address) sound(own Address, place string, fault faultFunc) Address {
	switch {
	case !slices.Contains(APINames(), a.API):
		fault(place+".api", "%s is unknown; want %s", brief(a.API), oneOf(APINames()))
	case len(a.Path) > MaxPath:
		fault(place+".path", "it has %d bytes, at most %d are allowed", len(a.Path), MaxPath)
	case !isPath(a.Path):
		fault(place+".path", "%s is no path; want one such as /messages/0", brief(a.Path))
	default:
		return a
	}
	return own
}

func (a Address) shorten() Address {
	return Address{firstRunes(a.API, MaxHeaderName), firstRunes(a.Path, MaxPath+1)}
}

// shape is what the scenario itself says of the parts that a shape has.
func (s *Scenario) shape() *Shape {
	script := s.Script
	shape := &Shape{
		From: script.From, In: script.In, Kind: script.Kind, URL: addressOf(script.URL), Pinned: script.Pinned,
		Redirect: script.Redirect, Body: script.sends(), Text: script.Body.Text,
	}
	if shape.Body == "form" {
		shape.Text = formLines(script.Body.Form)
	}
	for _, route := range s.Policy.Routes {
		shape.Places = append(shape.Places, addressOf(route.URL))
	}
	return shape
}

// sound reports what cannot be of the shape, and returns it with own's in its
// place.
func (h Shape) sound(own Shape, fault faultFunc) Shape {
	word := func(part string, found *string, own string, words []string) {
		if !slices.Contains(words, *found) {
			fault("shape."+part, "%s is unknown; want %s", brief(*found), oneOf(words))
			*found = own
		}
	}
	word("from", &h.From, own.From, Callers())
	word("in", &h.In, own.In, Contexts())
	word("kind", &h.Kind, own.Kind, Kinds())
	word("redirect", &h.Redirect, own.Redirect, Redirects())
	word("body", &h.Body, own.Body, append(Bodies(), ""))
	if len(h.Text) > MaxText {
		fault("shape.text", "it has %d bytes, at most %d are allowed", len(h.Text), MaxText)
		h.Text = own.Text
	}
	h.URL = h.URL.sound(own.URL, "shape", fault)
	h.Places = slices.Clone(h.Places)
	for i, place := range h.Places {
		at := fmt.Sprintf("place-%d", i+1)
		if slices.Contains(h.Places[:i], place) {
			fault(at+".path", "%s has a place already", brief(place.Path))
		}
		h.Places[i] = place.sound(own.URL, at, fault)
	}
	return h
}

// shorten cuts texts just beyond their bounds, as that of headers does.
func (h Shape) shorten() *Shape {
	for _, word := range []*string{&h.From, &h.In, &h.Kind, &h.Redirect, &h.Body} {
		*word = firstRunes(*word, MaxHeaderName)
	}
	h.Text = firstRunes(h.Text, MaxText+1)
	h.URL = h.URL.shorten()
	h.Places = slices.Clone(h.Places)
	for i, place := range h.Places {
		h.Places[i] = place.shorten()
	}
	return &h
}

// script returns the script with this shape. Words that scripts of its kind do
// not have, or not so, become the usual ones.
func (h Shape) script(s Script) Script {
	s.From, s.In, s.Kind, s.URL, s.Pinned, s.Redirect = h.From, h.In, h.Kind, h.URL.String(), h.Pinned, h.Redirect
	s.Body, s.Stream = Body{}, ""
	if h.Body != "" && s.Has("body") && slices.Contains(s.Bodies(), h.Body) {
		s.Body, s.Stream = h.body()
	}
	s, usual := s.only(s), usualScript()
	s.Method, s.Mode = cmp.Or(s.Method, usual.Method), cmp.Or(s.Mode, usual.Mode)
	s.Credentials, s.Redirect = cmp.Or(s.Credentials, usual.Credentials), cmp.Or(s.Redirect, usual.Redirect)
	s.complete()
	return s
}

func (h Shape) body() (body Body, stream string) {
	switch h.Body {
	case "stream":
		return Body{Kind: "text", Text: h.Text}, "true"
	case "form":
		return Body{Kind: "form", Form: formFields(h.Text)}, ""
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

// only returns the words and headers of handed that a script of s's kind can
// have; the others are empty.
func (s Script) only(handed Script) Script {
	for part, word := range map[string]*string{
		"method": &handed.Method, "mode": &handed.Mode, "redirect": &handed.Redirect, "credentials": &handed.Credentials,
		"crossorigin": &handed.CrossOrigin, "upload_listener": &handed.UploadListener,
	} {
		if !s.Has(part) {
			*word = ""
		}
	}
	if methods := s.methods(); methods != nil && !slices.Contains(methods, handed.Method) {
		handed.Method = ""
	}
	if !slices.Contains(s.CredentialsModes(), handed.Credentials) {
		handed.Credentials = ""
	}
	if !s.Has("headers") {
		handed.Headers = nil
	}
	return handed
}
