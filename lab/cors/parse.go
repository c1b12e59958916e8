package cors

import (
	"encoding/json"
	"errors"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"unicode/utf8"

	"corslab/lab/cors/internal/whatwg"
)

// ParseExchange reads one line of `corslab explain`: a JSON object in the form of
// [Exchange]. It ignores unknown keys. The error is one line that says for each mistake
// what it found and what it wants, up to ten mistakes.
func ParseExchange(line []byte) (Exchange, error) {
	if at := indexInvalidUTF8(line); at >= 0 {
		return Exchange{}, fmt.Errorf("byte %d: found the byte 0x%02x; want UTF-8", at+1, line[at])
	}
	// A missing request means one without options. A null is a mistake.
	form := &exchangeForm{Request: new(Request)}
	if err := json.Unmarshal(line, &form); err != nil {
		return Exchange{}, explainJSON(line, err)
	}
	exchange, err := form.exchange()
	if err != nil {
		return Exchange{}, err
	}
	if problems := exchange.problems(); problems != nil {
		return Exchange{}, errors.New(strings.Join(problems, "; "))
	}
	return exchange, nil
}

// indexInvalidUTF8 finds the first byte that isn't UTF-8, because encoding/json would
// silently replace it. It returns -1 if there is none.
func indexInvalidUTF8(line []byte) int {
	if utf8.Valid(line) {
		return -1
	}
	for at := 0; ; {
		char, size := utf8.DecodeRune(line[at:])
		if char == utf8.RuneError && size < 2 {
			return at
		}
		at += size
	}
}

// exchangeForm is an [Exchange] with pointers wherever encoding/json would silently
// accept a null.
type exchangeForm struct {
	ID      string   `json:"id"`
	Origin  string   `json:"origin"`
	Page    string   `json:"page"`
	Request *Request `json:"request"`
	Hops    []*Hop   `json:"hops"`
}

func (f *exchangeForm) exchange() (Exchange, error) {
	switch {
	case f == nil:
		return Exchange{}, errors.New("found a JSON null; want a JSON object")
	case f.Request == nil:
		return Exchange{}, errors.New("request: found null; want an object")
	}
	hops := make([]Hop, len(f.Hops))
	for i, hop := range f.Hops {
		if hop == nil {
			return Exchange{}, fmt.Errorf("hops[%d]: found null; want an object", i)
		}
		hops[i] = *hop
	}
	return Exchange{ID: f.ID, Origin: f.Origin, Page: f.Page, Request: *f.Request, Hops: hops}, nil
}

// explainJSON turns a JSON error into a message for the line's author.
func explainJSON(line []byte, err error) error {
	var syntax *json.SyntaxError
	var kind *json.UnmarshalTypeError
	switch {
	case errors.As(err, &syntax):
		return fmt.Errorf("byte %d: %w; want a JSON object", syntax.Offset, err)
	case errors.As(err, &kind) && kind.Field == "":
		return fmt.Errorf("found a JSON %s; want a JSON object", kind.Value)
	case errors.As(err, &kind) && strings.HasPrefix(kind.Value, "number "):
		// 1e3, 200.0 or a number that is too large: a status is the only number.
		return fmt.Errorf("%s: found %s; want a whole number of three digits", kind.Field, cut(kind.Value[len("number "):]))
	case errors.As(err, &kind):
		return fmt.Errorf("%s: found a %s; want a %s", kind.Field, kind.Value, jsonKind(kind.Type))
	}
	return fmt.Errorf("%d bytes: %w", len(line), err)
}

// jsonKind is the JSON word for a Go type.
func jsonKind(t reflect.Type) string {
	switch t.Kind() {
	case reflect.Array:
		return "name and a value"
	case reflect.Slice:
		return "list"
	case reflect.Struct, reflect.Pointer:
		return "object"
	case reflect.Bool:
		return "true or false"
	case reflect.Int:
		return "whole number"
	case reflect.String:
		return "string"
	}
	return t.String()
}

// Bounds of an exchange. The judge compares each name with each element of a list,
// which takes long if both are long. No browser follows more than 20 redirects, and
// Chromium accepts at most 256 kB of headers in a response.
const (
	maxHops         = 32
	maxHeaderLines  = 1000
	maxHeaderBytes  = 256 << 10
	maxHeaderCommas = 1000 // commas separate the elements of lists
)

// maxProblems limits how many mistakes the error about an exchange lists.
const maxProblems = 10

// problems lists what is wrong with an exchange; nil means nothing.
func (x Exchange) problems() []string {
	var all []string
	more := 0
	x.findProblems(func(format string, args ...any) {
		if len(all) == maxProblems {
			more++
			return
		}
		all = append(all, fmt.Sprintf(format, args...))
	})
	if more > 0 {
		all = append(all, fmt.Sprintf("and %d more", more))
	}
	return all
}

func (x Exchange) findProblems(report func(format string, args ...any)) {
	if url, ok := whatwg.Parse(x.Origin, whatwg.URL{}); x.Origin != "null" && (!ok || url.Origin() != x.Origin) {
		report("origin: found %s; want an origin such as http://localhost:8080, or null", quote(x.Origin))
	}
	x.Request.problems(report)
	if len(x.Hops) == 0 || len(x.Hops) > maxHops {
		report("hops: found %d; want 1 to %d", len(x.Hops), maxHops)
		return
	}
	for i, hop := range x.Hops {
		path := fmt.Sprintf("hops[%d]", i)
		if _, ok := whatwg.Parse(hop.URL, whatwg.URL{}); !ok && i > 0 {
			report("%s.url: found %s; want an absolute URL", path, quote(hop.URL))
		}
		hop.Preflight.problems(path+".preflight", report)
		hop.Response.problems(path+".response", report)
	}
}

func (r Request) problems(report func(format string, args ...any)) {
	r.Headers.withinBounds("request.headers", report)
	word(report, "initiator", r.Initiator, initiators())
	word(report, "referrer_policy", r.ReferrerPolicy, ReferrerPolicies())
	word(report, "credentials", r.Credentials, credentialsModes())
	if r.Initiator == ByXHR {
		word(report, "mode", r.Mode, []Mode{CORSMode})
		word(report, "redirect", r.Redirect, []Redirect{FollowRedirect})
	} else {
		word(report, "mode", r.Mode, Modes())
		word(report, "redirect", r.Redirect, Redirects())
	}
	word(report, "body", r.Body, r.Initiator.bodyKinds())
	if r.UploadListener && r.Initiator != ByXHR {
		report("request.upload_listener: found true with initiator fetch; want it with xhr only")
	}
}

// word reports a word of a request that isn't one of the known ones. An empty one means
// the default.
func word[T ~string](report func(format string, args ...any), key string, value T, known []T) {
	if value != "" && !slices.Contains(known, value) {
		report("request.%s: found %s; want %s", key, quote(string(value)), oneOf(known))
	}
}

// problems reports what is wrong with a response: its status, and header lines that no
// server can send. A nil response has no problems.
func (a *Response) problems(path string, report func(format string, args ...any)) {
	if a == nil {
		return
	}
	if a.Status < 100 || a.Status > 999 {
		report("%s.status: found %d; want 100 to 999", path, a.Status)
	}
	if !a.Headers.withinBounds(path+".headers", report) {
		return
	}
	for i, header := range a.Headers {
		if !isToken(header[0]) {
			report("%s.headers[%d]: found the name %s; want a token such as X-Custom", path, i, quote(header[0]))
		}
		if strings.ContainsFunc(header[1], isInvalidInValue) {
			report("%s.headers[%d]: found the value %s; want characters up to U+00FF without NUL, CR and LF", path, i, quote(header[1]))
		}
	}
}

// withinBounds reports whether the list is short enough to check line by line.
func (l HeaderList) withinBounds(path string, report func(format string, args ...any)) bool {
	if len(l) > maxHeaderLines {
		report("%s: found %d lines; want at most %d", path, len(l), maxHeaderLines)
		return false
	}
	size, commas := 0, 0
	for _, header := range l {
		size += utf8.RuneCountInString(header[0]) + utf8.RuneCountInString(header[1])
		commas += strings.Count(header[1], ",")
	}
	switch {
	case size > maxHeaderBytes:
		report("%s: found %d bytes of names and values; want at most %d", path, size, maxHeaderBytes)
	case commas > maxHeaderCommas:
		report("%s: found %d commas in the values; want at most %d", path, commas, maxHeaderCommas)
	default:
		return true
	}
	return false
}

func oneOf[T ~string](words []T) string {
	var text strings.Builder
	for i, word := range words {
		switch i {
		case 0:
		case len(words) - 1:
			text.WriteString(" or ")
		default:
			text.WriteString(", ")
		}
		text.WriteString(string(word))
	}
	return text.String()
}

// quote quotes a text, cut after 60 characters.
func quote(found string) string { return fmt.Sprintf("%q", cut(found)) }

func cut(found string) string {
	const longest = 60
	if utf8.RuneCountInString(found) > longest {
		found = string([]rune(found)[:longest]) + "…"
	}
	return found
}
