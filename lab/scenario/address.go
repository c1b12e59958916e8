package scenario

import (
	"fmt"
	"net/url"
	"regexp"
	"slices"
	"strings"

	"corslab/lab/internal/phrase"
	"corslab/lab/origin"
)

// Address is a URL of the API: an origin's name, one of APINames, and a path with an
// optional query.
type Address struct {
	API  string `json:"api"`
	Path string `json:"path"`
}

// String returns the address as files write it: {api}/messages/0.
func (a Address) String() string { return "{" + a.API + "}" + a.Path }

// addressOf reads an address such as {api}/messages/0.
func addressOf(url string) Address {
	api, path, _ := strings.Cut(strings.TrimPrefix(url, "{"), "}")
	return Address{api, path}
}

// PathPattern matches what can follow an API origin, as far as a regular expression can
// check that.
func PathPattern() string { return apiPath.String() }

// apiPath matches what can follow an API origin in a file: a path with an optional
// query.
var apiPath = regexp.MustCompile(`^/[^\s#?{}]*(\?[^\s#]*)?$`)

// IsPath reports whether a text can follow an API origin.
func IsPath(text string) bool {
	_, err := url.Parse(origin.HTTP("api", "").URL(text))
	before, _, _ := strings.Cut(text, "?")
	return err == nil && apiPath.MatchString(text) && !strings.Contains(before, `\`) && BadSegment(text) == ""
}

// badEscape is a % without two hexadecimal digits after it.
var badEscape = regexp.MustCompile(`%([0-9A-Fa-f]?([^0-9A-Fa-f]|$))`)

// BadSegment says which part of a path would not reach the server unchanged: an invalid
// escape, or a dot segment. Browsers remove dot segments before they send a path, and
// servers remove escaped ones. It is "" if there is no such part.
func BadSegment(text string) string {
	path, _, _ := strings.Cut(text, "?")
	if found := badEscape.FindString(path); found != "" {
		return fmt.Sprintf("the escape %s, which is none; want two hexadecimal digits behind %%, or %%25 for the sign itself", phrase.Brief(found))
	}
	for segment := range strings.SplitSeq(path, "/") {
		decoded, err := url.PathUnescape(segment)
		parts := strings.Split(decoded, "/")
		if err == nil && (slices.Contains(parts, ".") || slices.Contains(parts, "..")) {
			return fmt.Sprintf("the dot segment %s, which leads elsewhere; want the path that it leads to", phrase.Brief(segment))
		}
	}
	return ""
}
