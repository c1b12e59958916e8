package cors

import (
	"slices"
	"strings"
)

// respond gives the script the response, filtered by its tainting (#concept-main-fetch,
// step 14).
func (f *fetch) respond(response *Response) {
	headers := response.Headers
	// 14. Filter a response that isn't a network error.
	at := clause{sectionMain, "14"}
	switch f.tainting {
	// 14.2. "opaque" makes it an opaque filtered response.
	case taintedOpaque:
		f.verdict.Outcome, f.verdict.Type = Opaque, OpaqueResponse
		f.pass(at, "opaque", "", "The script gets an empty answer: no status, no headers, no body.")
		return
	// 14.2. "cors" makes it a CORS filtered response.
	case taintedCORS:
		f.verdict.Type = CORSResponse
		f.verdict.ReadableHeaders = readable(headers, f.exposed(headers))
		f.pass(at, strings.Join(f.verdict.ReadableHeaders, ", "), "", readableText(f.verdict.ReadableHeaders))
	// 14.2. "basic" makes it a basic filtered response.
	default:
		f.verdict.Type, f.verdict.sameOrigin = BasicResponse, true
		f.verdict.ReadableHeaders = readable(headers, func(string) bool { return true })
		f.pass(at, "basic", "", "The script can read all of the answer.")
	}
	f.verdict.Outcome, f.verdict.Status = Readable, response.Status
	if f.request.Initiator == ByXHR {
		f.verdict.Type = ""
	}
}

// readableText is the text of the step that makes a CORS filtered response.
func readableText(names []string) string {
	if len(names) == 0 {
		return "The script can read status and body, but none of the headers that the server set."
	}
	return "The script can read status, body and these headers."
}

// exposed decides which headers of a CORS filtered response the script can see
// (#concept-filtered-response-cors).
func (f *fetch) exposed(headers HeaderList) func(name string) bool {
	// Main fetch, 14.1.1. Extract the values of Access-Control-Expose-Headers.
	// (14.1.3. Failure exposes none.)
	names := headers.extract("Access-Control-Expose-Headers")
	if names.failed() && !(f.differs(wildcardBeforeBadName) && f.request.Initiator == ByFetch && names.contains("*")) {
		names.items = nil
	}
	// 14.1.2. The wildcard exposes every header, unless the credentials mode is
	//         "include".
	if names.contains("*") && !f.credentialed() {
		return func(string) bool { return true }
	}
	// 14.1.3. Otherwise the listed names are exposed, in any case, in addition to those
	//         that always are (#cors-safelisted-response-header-name).
	return func(name string) bool {
		switch name {
		case "cache-control", "content-language", "content-length", "content-type", "expires", "last-modified", "pragma":
			return true
		}
		return names.containsFold(name)
	}
}

// readable lists the names that the script can see, in lowercase and sorted, without
// forbidden response-header names (#forbidden-response-header-name).
func readable(headers HeaderList, shown func(name string) bool) []string {
	names := make([]string, 0, len(headers))
	for _, header := range headers {
		name := strings.ToLower(header[0])
		if name != "set-cookie" && name != "set-cookie2" && shown(name) {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	return slices.Compact(names)
}
