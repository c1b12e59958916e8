package cors

// Snapshot is the Fetch standard as of 2 July 2026, which the judge follows. The
// standard changes often, and its step numbers change with it. Every step number,
// anchor and link of a trace in this package belongs to this snapshot. So does an
// anchor in a comment, such as (#concept-cors-check), unless the comment names another
// standard.
const Snapshot = "https://fetch.spec.whatwg.org/commit-snapshots/586cd2a44c2a865b37c166dc0740f3fb8bb220d6/"

// snapshotXHR is the XMLHttpRequest standard as of 14 May 2026.
const snapshotXHR = "https://xhr.spec.whatwg.org/commit-snapshots/d375b2858e46f8c253d1f1380744ee7ebec432b4/"

// clause is a step of a standard, or a whole section if the step is empty.
type clause struct {
	section section
	step    string
}

// title is the name of the clause in a trace.
func (c clause) title() string {
	if c.step == "" {
		return string(c.section)
	}
	return string(c.section) + ", step " + c.step
}

// link is the URL of the clause's section, because steps have no anchors.
func (c clause) link() string { return sections[c.section] }

// section is a section of a standard, under its name in traces.
type section string

// The sections in traces.
const (
	sectionRequest   section = "Request constructor"
	sectionHeaders   section = "Headers append"
	sectionOpen      section = "XMLHttpRequest open()"
	sectionSetHeader section = "XMLHttpRequest setRequestHeader()"
	sectionMain      section = "Main fetch"
	sectionScheme    section = "Scheme fetch"
	sectionHTTP      section = "HTTP fetch"
	sectionPreflight section = "CORS-preflight fetch"
	sectionCheck     section = "CORS check"
	sectionRedirect  section = "HTTP-redirect fetch"
	sectionResource  section = "Cross-origin resource policy check"
	sectionNetwork   section = "HTTP-network fetch"
)

// Sections that appear only in causes and differences.
const (
	sectionCache           section = "CORS-preflight cache"
	sectionExtract         section = "Extract header list values"
	sectionForbiddenHeader section = "Forbidden request-header"
	sectionForbiddenMethod section = "Forbidden method"
	sectionGet             section = "Get a header"
	sectionLocation        section = "Location URL"
	sectionNetworkOrCache  section = "HTTP-network-or-cache fetch"
	sectionOriginHeader    section = "Append a request Origin header"
	sectionOriginOf        section = "Serializing a request origin"
	sectionRedirectStatus  section = "Redirect status"
	sectionResourceHeader  section = "Cross-Origin-Resource-Policy header"
	sectionSafelisted      section = "CORS-safelisted request-header"
	sectionSend            section = "XMLHttpRequest send()"
	sectionUnsafeByte      section = "CORS-unsafe request-header byte"
	sectionUnsafeNames     section = "CORS-unsafe request-header names"
)

// sections are the URLs of all sections. The table never changes.
var sections = map[section]string{
	sectionRequest:         Snapshot + "#dom-request",
	sectionHeaders:         Snapshot + "#concept-headers-append",
	sectionOpen:            snapshotXHR + "#the-open()-method",
	sectionSetHeader:       snapshotXHR + "#the-setrequestheader()-method",
	sectionMain:            Snapshot + "#concept-main-fetch",
	sectionScheme:          Snapshot + "#concept-scheme-fetch",
	sectionHTTP:            Snapshot + "#concept-http-fetch",
	sectionPreflight:       Snapshot + "#cors-preflight-fetch",
	sectionCheck:           Snapshot + "#concept-cors-check",
	sectionRedirect:        Snapshot + "#concept-http-redirect-fetch",
	sectionResource:        Snapshot + "#cross-origin-resource-policy-check",
	sectionNetwork:         Snapshot + "#concept-http-network-fetch",
	sectionCache:           Snapshot + "#concept-cache",
	sectionExtract:         Snapshot + "#extract-header-list-values",
	sectionForbiddenHeader: Snapshot + "#forbidden-request-header",
	sectionForbiddenMethod: Snapshot + "#forbidden-method",
	sectionGet:             Snapshot + "#concept-header-list-get",
	sectionLocation:        Snapshot + "#concept-response-location-url",
	sectionNetworkOrCache:  Snapshot + "#concept-http-network-or-cache-fetch",
	sectionOriginHeader:    Snapshot + "#append-a-request-origin-header",
	sectionOriginOf:        Snapshot + "#serializing-a-request-origin",
	sectionRedirectStatus:  Snapshot + "#redirect-status",
	sectionResourceHeader:  Snapshot + "#cross-origin-resource-policy-header",
	sectionSafelisted:      Snapshot + "#cors-safelisted-request-header",
	sectionSend:            snapshotXHR + "#the-send()-method",
	sectionUnsafeByte:      Snapshot + "#cors-unsafe-request-header-byte",
	sectionUnsafeNames:     Snapshot + "#cors-unsafe-request-header-names",
}

// Link is the URL of the step's section in the snapshot of its standard.
func (s Step) Link() string { return sections[section(s.Section)] }
