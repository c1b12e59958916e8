package fields

import (
	"fmt"
	"regexp"
	"strings"

	"corslab/lab/inert"
)

// Check says why a response with this field must not be sent, or returns "".
// A redirect may lead only to the targets.
func Check(name, value string, to Targets) string {
	row := Lookup(name)
	switch row.Verdict {
	case Refused:
		return fmt.Sprintf("%s can't be set. %s", row.Name, row.plainReason())
	case Confined:
		return confine(row, value, to)
	}
	return ""
}

// confine says what is wrong with the value of a confined field, or returns "".
func confine(row Field, value string, to Targets) string {
	wrong, want := "", ""
	switch row.Name {
	case "Location":
		wrong, want = to.check(value), to.want()
	case "Set-Cookie":
		return "" // [Cookie.Under] makes any cookie harmless
	case "Link":
		wrong, want = checkLink(value, to), `want links such as <URL>; rel="next", with a URL of this lab and one of the relations `+strings.Join(pageRelations(), ", ")
	case "WWW-Authenticate":
		wrong, want = mismatch(bearer, value), `want one Bearer challenge, such as Bearer realm="api"`
	case "Content-Disposition":
		wrong, want = mismatch(disposition, value), `want inline, attachment, or attachment; filename="…" with letters, digits and dashes before .txt, .csv or .json`
	case "Content-Encoding":
		wrong, want = decodes(value), "want identity, or gzip or zstd, which make the browser fail to decode the body"
	default:
		wrong, want = reports(value), "want the policy without a reporting directive"
	}
	if wrong == "" {
		return ""
	}
	return fmt.Sprintf("%s: %s; %s. %s", row.Name, wrong, want, row.plainReason())
}

// plainReason is the reason without its period, as the end of a message.
func (f Field) plainReason() string { return strings.TrimSuffix(f.Reason, ".") }

// The grammars are narrower than those of the standards, so that all browsers read an
// accepted value the same way.
var (
	bearer      = regexp.MustCompile(`^(?i:bearer)( [a-z_]+="[A-Za-z0-9 ._:/-]*"(, ?[a-z_]+="[A-Za-z0-9 ._:/-]*")*)?$`)
	disposition = regexp.MustCompile(`^(inline|attachment(; ?filename=("[A-Za-z0-9-]+\.(txt|csv|json)"|[A-Za-z0-9-]+\.(txt|csv|json)))?)$`)
)

func mismatch(grammar *regexp.Regexp, value string) string {
	if grammar.MatchString(value) {
		return ""
	}
	return "found " + quote(value)
}

// decodes says which coding could turn a body into other bytes, or returns "".
func decodes(value string) string {
	if inert.Decodable(value) {
		return "found " + quote(value)
	}
	return ""
}

// reports says which policy has a directive or a parameter for reports, such as
// report-uri or report-to, or returns "". The word isn't needed in any other part of a
// policy.
func reports(value string) string {
	if strings.Contains(strings.ToLower(value), "report") {
		return "found a reporting directive in " + quote(value)
	}
	return ""
}

// quoted is how much of a value a message shows, in bytes.
const quoted = 100

func quote(value string) string {
	if len(value) > quoted {
		return fmt.Sprintf("%q…", value[:quoted])
	}
	return fmt.Sprintf("%q", value)
}
