package fields

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"corslab/lab/cors"
	"corslab/lab/origin"
)

// Targets says where a response may lead the browser. Anywhere else, another
// program could receive a request with the learner's cookies.
type Targets struct {
	Base    string   // URL of the request, the base of relative references
	Origins []string // serialized: scheme, host and port
	Named   string   // the origins' names in messages
	Control string   // beginning of the URLs of the lab's control routes; "" if there are none
}

// want describes the references that are allowed.
func (t Targets) want() string {
	return "want a path, " + t.Named + ", an app: link, or a host name that ends in .invalid"
}

// The grammar of references, narrower than that of URLs, so that all URL parsers read
// the same origin: printable ASCII, no backslash, no broken escape, and authorities in
// lowercase with at most one @ and no empty part.
var (
	characters = regexp.MustCompile(`^([A-Za-z0-9._~!$&'()*+,;=:@/?#\[\]-]|%[0-9A-Fa-f]{2})*$`)
	schemeLike = regexp.MustCompile(`^[^/?#]*:`) // parsers disagree about invalid schemes, such as 1:
	userinfo   = `([A-Za-z0-9._~!$&'()*+,;=-]*(:[A-Za-z0-9._~!$&'()*+,;=-]*)?@)?`
	host       = `([a-z0-9_]([a-z0-9_-]*[a-z0-9_])?(\.[a-z0-9_]([a-z0-9_-]*[a-z0-9_])?)*|\[[0-9a-f:.]+\])`
	absolute   = regexp.MustCompile(`^` + origin.HTTPPattern + userinfo + `(?P<host>` + host + `)(:[1-9][0-9]{0,4})?([/?#].*)?$`)
)

// check says why a reference is refused, or returns "".
func (t Targets) check(reference string) string {
	switch {
	case !characters.MatchString(reference):
		return fmt.Sprintf("found %s, which contains %s", quote(reference), firstOdd(reference))
	case strings.HasPrefix(reference, "app:"):
		return ""
	case strings.HasPrefix(reference, "//"):
		return "found " + quote(reference) + ", which names a host without a scheme"
	case schemeLike.MatchString(reference) && !absolute.MatchString(reference):
		return "found " + quote(reference) + ", which isn't a plain http: or https: URL in lower case"
	}
	return t.checkOrigin(reference)
}

// checkOrigin reads the reference as browsers do and compares the whole origin.
func (t Targets) checkOrigin(reference string) string {
	address, ok := cors.Resolve(reference, t.Base)
	switch {
	case !ok:
		return "found " + quote(reference) + ", which isn't a URL"
	case t.Control != "" && strings.HasPrefix(address.Origin+address.Path, t.Control):
		return "found " + quote(reference) + ", which leads to a control route of this lab"
	case slices.Contains(t.Origins, address.Origin) && !hasHost(reference, address.Host):
		return "found " + quote(reference) + ", whose host only browsers take for that of " + address.Origin
	case slices.Contains(t.Origins, address.Origin), IsNowhere(address.Host):
		return ""
	}
	return fmt.Sprintf("found %s, which leads to %s, outside this lab", quote(reference), address.Origin)
}

// hasHost reports whether a reference with a host spells it as browsers do. They take
// 127.1 for 127.0.0.1, which is another host for other programs.
func hasHost(reference, host string) bool {
	parts := absolute.FindStringSubmatch(reference)
	if parts == nil {
		return true
	}
	written := parts[absolute.SubexpIndex("host")]
	return host == written || strings.HasPrefix(host, written+":")
}

// bare matches a reference that ends with its host and port.
var bare = regexp.MustCompile(`^` + origin.HTTPPattern + `[^/?#]*$`)

// Ended returns a reference that passed [Check], with a slash added if it ends with a
// host. Some browsers join two Location lines with a comma. Without the slash, they
// would read the second line as part of the host, and an @ in it would turn the host
// into a user name.
func Ended(reference string) string {
	if bare.MatchString(reference) {
		return reference + "/"
	}
	return reference
}

// IsNowhere reports whether a host, with or without a port, has a name that
// can't exist, because it ends in .invalid (https://www.rfc-editor.org/rfc/rfc6761#section-6.4).
func IsNowhere(host string) bool {
	name, _, _ := strings.Cut(host, ":")
	return strings.HasSuffix(name, ".invalid")
}

// firstOdd names the first character that the grammar doesn't allow.
func firstOdd(reference string) string {
	for i, c := range reference {
		if c == '%' && !characters.MatchString(reference[i:min(i+3, len(reference))]) {
			return "a % without two hexadecimal digits after it"
		}
		if c != '%' && !characters.MatchString(string(c)) {
			return fmt.Sprintf("%q (a URL must escape it)", c)
		}
	}
	return "a character that a URL must escape"
}
