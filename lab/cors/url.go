package cors

import (
	"strconv"
	"strings"
)

// location is a URL as far as CORS looks at it
// (https://url.spec.whatwg.org/#concept-url).
type location struct {
	scheme      string
	host        string // with the port where it is not the scheme's own
	credentials bool   // a user name or a password
	userinfo    string
	path        string // with the query; for schemes without a host all that follows the colon
	fragment    string // with its #
}

// isHTTP reports whether the scheme is an HTTP(S) scheme.
func (l location) isHTTP() bool { return l.scheme == "http" || l.scheme == "https" }

// origin is the serialized origin, "null" for an opaque one
// (https://html.spec.whatwg.org/#ascii-serialisation-of-an-origin).
func (l location) origin() string {
	switch l.scheme {
	case "http", "https", "ws", "wss", "ftp":
		return l.scheme + "://" + l.host
	case "blob":
		if inner, ok := parseURL(l.path, location{}); ok && inner.isHTTP() {
			return inner.origin()
		}
	}
	return "null"
}

// String is the URL without its fragment
// (https://url.spec.whatwg.org/#url-serializing).
func (l location) String() string {
	if !isSpecial(l.scheme) {
		return l.scheme + ":" + l.path
	}
	if l.userinfo == "" {
		return l.scheme + "://" + l.host + l.path
	}
	return l.scheme + "://" + l.userinfo + "@" + l.host + l.path
}

// withFragment is the whole URL.
func (l location) withFragment() string { return l.String() + l.fragment }

func (l location) withoutCredentials() location {
	l.credentials, l.userinfo = false, ""
	return l
}

// parseURL parses a URL against a base, which may be the zero location for
// none. It follows the URL standard in what decides over scheme, credentials
// and origin, and keeps paths nearly as they are written
// (https://url.spec.whatwg.org/#url-parsing).
func parseURL(input string, base location) (location, bool) {
	input = strings.TrimFunc(input, func(r rune) bool { return r <= ' ' })
	if strings.ContainsAny(input, "\t\n\r") {
		input = strings.NewReplacer("\t", "", "\n", "", "\r", "").Replace(input)
	}
	fragment := ""
	if at := strings.IndexByte(input, '#'); at >= 0 {
		input, fragment = input[:at], "#"+encode(input[at+1:], fragmentEncoded)
	}
	scheme, rest, absolute := cutScheme(input)
	switch {
	case absolute && isSpecial(scheme):
		if scheme == base.scheme && !(startsWithSlash(rest) && startsWithSlash(rest[1:])) {
			return relative(rest, fragment, base)
		}
		return authority(scheme, strings.TrimLeft(rest, `/\`), fragment)
	case absolute:
		return location{scheme: scheme, path: rest, fragment: fragment}, true
	case !isSpecial(base.scheme):
		return location{}, false
	case len(input) > 1 && startsWithSlash(input) && startsWithSlash(input[1:]):
		return authority(base.scheme, strings.TrimLeft(input, `/\`), fragment)
	}
	return relative(input, fragment, base)
}

func startsWithSlash(s string) bool { return s != "" && (s[0] == '/' || s[0] == '\\') }

// relative resolves a reference without scheme and host.
func relative(reference, fragment string, base location) (location, bool) {
	l := base
	l.fragment = fragment
	path, _, _ := strings.Cut(base.path, "?")
	switch {
	case reference == "":
		return l, true
	case reference[0] == '?':
		l.path = path + "?" + encode(reference[1:], queryEncoded)
		return l, true
	case !startsWithSlash(reference):
		reference = path[:strings.LastIndexByte(path, '/')+1] + reference
	}
	l.path = cleanPath(reference)
	return l, true
}

// isSpecial: https://url.spec.whatwg.org/#special-scheme
func isSpecial(scheme string) bool {
	switch scheme {
	case "http", "https", "ws", "wss", "ftp":
		return true
	}
	return false
}

func cutScheme(input string) (scheme, rest string, ok bool) {
	scheme, rest, ok = strings.Cut(input, ":")
	if !ok || scheme == "" || scheme[0] <= '9' {
		return "", input, false
	}
	for i := range len(scheme) {
		if !isAlphanumeric(scheme[i]) && strings.IndexByte("+-.", scheme[i]) < 0 {
			return "", input, false
		}
	}
	return strings.ToLower(scheme), rest, true
}

// authority parses what follows the slashes of a special URL.
func authority(scheme, rest, fragment string) (location, bool) {
	end := strings.IndexAny(rest, `/\?`)
	if end < 0 {
		end = len(rest)
	}
	userinfo, hostPort := "", rest[:end]
	if at := strings.LastIndexByte(hostPort, '@'); at >= 0 {
		userinfo, hostPort = hostPort[:at], hostPort[at+1:]
	}
	user, password, _ := strings.Cut(userinfo, ":")
	host, ok := parseHostPort(scheme, hostPort)
	if !ok {
		return location{}, false
	}
	l := location{scheme: scheme, host: host, path: cleanPath(rest[end:]), fragment: fragment}
	l.credentials = user != "" || password != ""
	l.userinfo = encode(user, userinfoEncoded)
	if password != "" {
		l.userinfo += ":" + encode(password, userinfoEncoded)
	}
	return l, true
}

// parseHostPort returns host and port in their serialized form.
func parseHostPort(scheme, hostPort string) (string, bool) {
	host, port := hostPort, ""
	if colon := strings.LastIndexByte(hostPort, ':'); colon > strings.LastIndexByte(hostPort, ']') {
		host, port = hostPort[:colon], hostPort[colon+1:]
	}
	host, ok := parseHost(host)
	if !ok {
		return "", false
	}
	if port == "" {
		return host, true
	}
	number, err := strconv.ParseUint(port, 10, 16)
	if err != nil || !isDigits(port) {
		return "", false
	}
	if number == defaultPort(scheme) {
		return host, true
	}
	return host + ":" + strconv.FormatUint(number, 10), true
}

func defaultPort(scheme string) uint64 {
	switch scheme {
	case "http", "ws":
		return 80
	case "https", "wss":
		return 443
	}
	return 21
}

// cleanPath gives a special URL's path its leading slash, resolves . and ..,
// and encodes what a URL cannot hold: the path percent-encode set, less
// controls, and less ^, which no engine encodes yet
// (https://url.spec.whatwg.org/#path-percent-encode-set).
func cleanPath(path string) string {
	if path != "" && strings.IndexFunc(path, isNoPlainPath) < 0 {
		return path
	}
	path, query, hasQuery := strings.Cut(path, "?")
	var kept []string
	segments := strings.Split(strings.TrimPrefix(strings.ReplaceAll(path, `\`, "/"), "/"), "/")
	for i, segment := range segments {
		last := i == len(segments)-1
		switch strings.ToLower(strings.ReplaceAll(strings.ReplaceAll(segment, "%2e", "."), "%2E", ".")) {
		case "..":
			kept = kept[:max(len(kept)-1, 0)]
			if last {
				kept = append(kept, "")
			}
		case ".":
			if last {
				kept = append(kept, "")
			}
		default:
			kept = append(kept, segment)
		}
	}
	clean := "/" + encode(strings.Join(kept, "/"), "\"#<>?`{}")
	if hasQuery {
		clean += "?" + encode(query, queryEncoded)
	}
	return clean
}

// fragmentEncoded is the fragment percent-encode set, less controls
// (https://url.spec.whatwg.org/#fragment-percent-encode-set).
const fragmentEncoded = "\"<>`"

// queryEncoded is the special-query percent-encode set, less controls
// (https://url.spec.whatwg.org/#special-query-percent-encode-set).
const queryEncoded = "\"#<>'"

// userinfoEncoded is the userinfo percent-encode set, less controls
// (https://url.spec.whatwg.org/#userinfo-percent-encode-set).
const userinfoEncoded = "\"#<>?^`{}/:;=@[\\]|"

// isNoPlainPath reports the characters that a path of no interest does not have.
func isNoPlainPath(r rune) bool {
	return r > 0x7F || !isAlphanumeric(byte(r)) && r != '/' && r != '-' && r != '_'
}

// encode percent-encodes controls, space, all beyond ASCII, and the set
// (https://url.spec.whatwg.org/#string-percent-encode-after-encoding).
func encode(s, set string) string {
	if !strings.ContainsFunc(s, func(r rune) bool { return r <= ' ' || r >= 0x7F || strings.ContainsRune(set, r) }) {
		return s
	}
	var encoded strings.Builder
	for i := range len(s) {
		if b := s[i]; b <= ' ' || b >= 0x7F || strings.IndexByte(set, b) >= 0 {
			encoded.WriteString("%" + strings.ToUpper(strconv.FormatUint(uint64(b)|0x100, 16)[1:]))
		} else {
			encoded.WriteByte(b)
		}
	}
	return encoded.String()
}
