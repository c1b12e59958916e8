package policy

import (
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"corslab/lab/endpoint"
	"corslab/lab/fields"
	"corslab/lab/internal/phrase"
	"corslab/lab/origin"
)

// Bounds on what a learner or a scenario file may set.
const (
	MaxHeaderName  = 128  // bytes of a header name
	MaxHeaderValue = 4096 // bytes of a header value
	MaxCookie      = 256  // bytes of a Set-Cookie value; lower, because a browser stores many cookies
	MaxCookies     = 8    // Set-Cookie rows of a policy, and cookies of a session
	MaxHeaders     = 40   // headers of one reply, or of the script's request
)

// Header is one header line of the policy or of the script. The lines stay in the order
// in which they were written, and names can repeat.
type Header struct {
	Name  string `json:"name"`
	Value string `json:"value"` // isomorphic: each code point up to U+00FF is one byte
	Rule  Rule   `json:"rule,omitempty"`
	Off   bool   `json:"off,omitempty"`
	Own   bool   `json:"own,omitempty"` // added by the learner, so its name can be edited
}

// Check says what is wrong with the header's name or value, or returns "". A learner's
// own row may have no name yet.
func (h Header) Check() string {
	if h.Name == "" && h.Own {
		return CheckValue(h.Value)
	}
	if problem := CheckName(h.Name); problem != "" {
		return problem
	}
	return CheckValue(h.Value)
}

// CheckName says why a text can't be a header's name or a method, or returns "".
func CheckName(name string) string {
	switch {
	case name == "":
		return "the header has no name"
	case len(name) > MaxHeaderName:
		return fmt.Sprintf("the name has %d bytes, at most %d are allowed", len(name), MaxHeaderName)
	}
	for _, c := range name {
		if c >= utf8.RuneSelf || !isTokenByte(byte(c)) {
			return fmt.Sprintf("the name %q holds %q, which no header name can hold (letters, digits and !#$%%&'*+-.^_`|~ only)", name, c)
		}
	}
	return ""
}

// CheckValue says why a text can't be a header's value, or returns "".
func CheckValue(value string) string {
	if size := utf8.RuneCountInString(value); size > MaxHeaderValue { // each code point is one byte
		return fmt.Sprintf("the value has %d bytes, at most %d are allowed", size, MaxHeaderValue)
	}
	return fields.CheckValue(value)
}

// isTokenByte reports whether c is a tchar
// (https://httpwg.org/specs/rfc9110.html#rfc.section.5.6.2).
func isTokenByte(c byte) bool {
	return c >= '0' && c <= '9' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' ||
		strings.IndexByte("!#$%&'*+-.^_`|~", c) >= 0
}

// CheckSettable says why a response can't have the header, or returns "". The header's
// placeholders must be replaced already. It combines [Header.Check] and [fields.Check].
// A rule can't compute a confined field, because its value wouldn't be known in
// advance.
func (h Header) CheckSettable(o origin.Set) string {
	if fields.Lookup(h.Name).Verdict == fields.Refused {
		return fields.Check(h.Name, h.Value, fields.Targets{})
	}
	if strings.EqualFold(h.Name, "Set-Cookie") && len(h.Value) > MaxCookie {
		return fmt.Sprintf("the cookie has %d bytes, at most %d are allowed: the browser sends it to every server on this host, this lab's pages too", len(h.Value), MaxCookie)
	}
	if problem := h.Check(); problem != "" {
		return problem
	}
	if problem := h.checkRule(); problem != "" {
		return problem
	}
	return h.confinement(o)
}

// CheckWritten is [Header.CheckSettable] for a header in a file, which still has
// placeholders. Its message has them too.
func (h Header) CheckWritten() string {
	if !isConfined(h.Name) && !strings.Contains(h.Value, "{") {
		return h.CheckSettable(origin.Set{}) // the origins don't matter, and a file can have very many headers
	}
	o := origin.StandIns()
	h.Value = o.Expand(h.Value)
	problem := h.CheckSettable(o)
	if problem == "" {
		return "" // a hostile file can have very many headers
	}
	return origin.WithoutStandIns(problem)
}

func isConfined(name string) bool { return fields.Lookup(name).Verdict == fields.Confined }

// confinement says why the value of a confined field is refused, or returns "".
func (h Header) confinement(o origin.Set) string {
	row := fields.Lookup(h.Name)
	switch {
	case row.Verdict != fields.Confined:
		return ""
	case h.Rule != Literal:
		return fmt.Sprintf("%s can't be computed by the rule %s; want a fixed value. %s", row.Name, h.Rule, strings.TrimSuffix(row.Reason, "."))
	}
	return fields.Check(h.Name, h.Value, targets(o))
}

// On returns the headers that are switched on and named.
func On(headers []Header) []Header {
	return slices.DeleteFunc(slices.Clone(headers), func(h Header) bool { return h.Off || h.Name == "" })
}

// MergeHeaders returns headers with every name of changes set as changes says. Existing
// rows of that name get the new values and rules, extra rows are switched off, and
// missing ones are appended.
func MergeHeaders(headers, changes []Header) []Header {
	merged := slices.Clone(headers)
	for i := range merged {
		if HasHeader(changes, merged[i].Name) {
			merged[i].Off = true
		}
	}
	done := make([]bool, len(merged))
	for _, change := range changes {
		row := firstFree(merged, done, change.Name)
		if row < 0 {
			change.Own = true
			merged = append(merged, change)
			continue
		}
		merged[row].Value, merged[row].Rule, merged[row].Off, done[row] = change.Value, change.Rule, change.Off, true
	}
	return merged
}

// firstFree returns the index of the first row with that name that isn't done, or -1.
// Rows beyond done were appended, so they aren't free.
func firstFree(rows []Header, done []bool, name string) int {
	for i := range done {
		if !done[i] && strings.EqualFold(rows[i].Name, name) {
			return i
		}
	}
	return -1
}

// HasHeader reports whether there is a header with the name.
func HasHeader(headers []Header, name string) bool {
	return slices.ContainsFunc(headers, func(h Header) bool { return strings.EqualFold(h.Name, name) })
}

// targets says where a response may lead the browser.
func targets(o origin.Set) fields.Targets {
	to := fields.Targets{Base: endpoint.URL{Session: "session", Run: 1, API: "api", Rest: "/messages"}.At(o.Page, o).String(), Control: o.Page.URL(origin.ControlPath)}
	for _, name := range o.Own() {
		to.Origins = append(to.Origins, o.Of(name))
	}
	to.Named = "one of " + strings.Join(phrase.Braced(o.Own()), ", ")
	if o == origin.StandIns() {
		to.Named += " (by placeholder, because hosts and ports are chosen when corslab starts)"
	}
	return to
}
