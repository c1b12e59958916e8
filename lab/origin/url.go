package origin

import "strings"

// HTTPPattern is a regular expression for what a URL of the web begins with, up to its
// host.
const HTTPPattern = "https?" + separator

const separator = "://"

// Join returns a URL from its scheme, its host as a Host header has it, and the rest.
// Unlike [Origin.URL] it changes nothing, because a server has to show what it was sent.
func Join(scheme, host, rest string) string { return scheme + separator + host + rest }

// Split is the inverse of [Join]: the rest begins with the URL's path, its query or its
// fragment. The scheme and the host of anything but an absolute URL are empty.
func Split(url string) (scheme, host, rest string) {
	scheme, rest, found := strings.Cut(url, separator)
	if !found || strings.ContainsAny(scheme, "/?#") {
		return "", "", url
	}
	end := strings.IndexAny(rest, "/?#")
	if end < 0 {
		return scheme, rest, ""
	}
	return scheme, rest[:end], rest[end:]
}

// HasURL reports whether a text has a URL with a host in it.
func HasURL(text string) bool { return strings.Contains(text, separator) }
