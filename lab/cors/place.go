package cors

// place is where in the Fetch standard a step stands.
type place struct {
	section string
	step    string
}

// The sections of the standard of which a trace has steps.
const (
	sectionRequest   = "Request constructor"
	sectionHeaders   = "Headers append"
	sectionOpen      = "XMLHttpRequest open()"
	sectionMain      = "Main fetch"
	sectionScheme    = "Scheme fetch"
	sectionSetHeader = "XMLHttpRequest setRequestHeader()"
	sectionHTTP      = "HTTP fetch"
	sectionPreflight = "CORS-preflight fetch"
	sectionCheck     = "CORS check"
	sectionRedirect  = "HTTP-redirect fetch"
	sectionResource  = "Cross-origin resource policy check"
	sectionNetwork   = "HTTP-network fetch"
)

// Link is the address of the step's section in the standard.
func (s Step) Link() string {
	const fetch = "https://fetch.spec.whatwg.org/"
	switch s.Section {
	case sectionRequest:
		return fetch + "#dom-request"
	case sectionHeaders:
		return fetch + "#concept-headers-append"
	case sectionOpen:
		return "https://xhr.spec.whatwg.org/#the-open()-method"
	case sectionSetHeader:
		return "https://xhr.spec.whatwg.org/#the-setrequestheader()-method"
	case sectionScheme:
		return fetch + "#concept-scheme-fetch"
	case sectionMain:
		return fetch + "#concept-main-fetch"
	case sectionHTTP:
		return fetch + "#concept-http-fetch"
	case sectionPreflight:
		return fetch + "#cors-preflight-fetch"
	case sectionCheck:
		return fetch + "#concept-cors-check"
	case sectionRedirect:
		return fetch + "#concept-http-redirect-fetch"
	case sectionResource:
		return fetch + "#cross-origin-resource-policy-check"
	}
	return fetch + "#concept-http-network-fetch"
}
