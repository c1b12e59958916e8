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

// Address is a URL of the API: the name of an origin, one of APINames, and a
// path with or without a query.
type Address struct {
	API  string `json:"api"`
	Path string `json:"path"`
}

// String gives the form that files have: {api}/messages/0.
func (a Address) String() string { return "{" + a.API + "}" + a.Path }

// addressOf reads an address such as {api}/messages/0.
func addressOf(url string) Address {
	api, path, _ := strings.Cut(strings.TrimPrefix(url, "{"), "}")
	return Address{api, path}
}

// PathPattern matches what can follow an API origin, as far as a regular expression
// can tell.
func PathPattern() string { return apiPath.String() }

// apiPath is what may follow an API origin in a file: a path, and perhaps a query.
var apiPath = regexp.MustCompile(`^/[^\s#?{}]*(\?[^\s#]*)?$`)

// IsPath reports whether a text can follow an API origin.
func IsPath(text string) bool {
	_, err := url.Parse(origin.HTTP("api", "").String() + text)
	before, _, _ := strings.Cut(text, "?")
	return err == nil && apiPath.MatchString(text) && !strings.Contains(before, `\`) && BadSegment(text) == ""
}

// badEscape is a % that no two hexadecimal digits follow.
var badEscape = regexp.MustCompile(`%([0-9A-Fa-f]?([^0-9A-Fa-f]|$))`)

// BadSegment says which part of a path wouldn't arrive as it is: an invalid escape, or
// a dot segment, which a browser takes out of a path before it
// sends it, and a server one that is escaped. It is "" where there is neither.
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
