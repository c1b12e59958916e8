package cors

import (
	"slices"
	"strings"

	"corslab/lab/cors/internal/whatwg"
)

// corsCheck decides whether a response may be shared with the origin
// (#concept-cors-check).
func (f *fetch) corsCheck(response *Response, stage Stage, origin string) bool {
	headers := response.Headers
	f.failure.url, f.failure.status = f.current(), response.Status
	// 1. Get Access-Control-Allow-Origin from the response's headers.
	allowed, ok := headers.get("Access-Control-Allow-Origin")
	f.failure.value, f.failure.lines = allowed, len(headers.lines("Access-Control-Allow-Origin"))
	// 2. If there is none, fail.
	if !ok {
		f.block(AllowOriginMissing, stage, clause{sectionCheck, "2"}, "no Access-Control-Allow-Origin", origin, ofResponse(stage)+" does not say which origin may read it.")
		return false
	}
	// 3. If it is the wildcard and the credentials mode is not "include", succeed.
	if allowed == "*" && !f.credentialed() {
		f.pass(clause{sectionCheck, "3"}, "*", "* or "+origin, ofResponse(stage)+" may be read by any origin.")
		return true
	}
	// 4. If it isn't exactly the request's origin, byte by byte, fail.
	if allowed != origin {
		f.blockMismatch(allowed, stage, origin)
		return false
	}
	f.pass(clause{sectionCheck, "4"}, allowed, origin, ofResponse(stage)+" names this very origin.")
	// 5. If the credentials mode is not "include", succeed.
	if !f.credentialed() {
		return true
	}
	return f.checkCredentials(headers, stage)
}

// checkCredentials is the rest of the CORS check, for requests with
// credentials.
func (f *fetch) checkCredentials(headers HeaderList, stage Stage) bool {
	// 6. Get Access-Control-Allow-Credentials from the response's headers.
	credentials, ok := f.engine.merged(headers, "Access-Control-Allow-Credentials")
	f.failure.value = credentials
	// 7. If it is exactly true, succeed.
	if credentials == "true" {
		f.pass(clause{sectionCheck, "7"}, "true", "true", ofResponse(stage)+" may be read with credentials.")
		return true
	}
	// 8. Otherwise fail.
	if !ok {
		credentials = "no Access-Control-Allow-Credentials"
	}
	f.block(AllowCredentials, stage, clause{sectionCheck, "8"}, credentials, "true", ofResponse(stage)+" may not be read with credentials.")
	return false
}

// merged returns a header's lines as one value, the way the engine joins them.
func (e Engine) merged(headers HeaderList, name string) (value string, ok bool) {
	value, ok = headers.get(name)
	if !e.differs(emptyLinesIgnored) || !strings.Contains(value, ",") {
		return value, ok
	}
	lines := slices.DeleteFunc(headers.lines(name), func(line string) bool { return line == "" })
	return strings.Join(lines, ", "), true
}

// ofResponse names the response of that stage, for the start of a sentence.
func ofResponse(stage Stage) string {
	switch stage {
	case StagePreflight:
		return "The answer to the preflight"
	case StageRedirect:
		return "The redirect"
	}
	return "The answer"
}

// blockMismatch fails step 4 of the CORS check, with a cause that says what is wrong
// with the value.
func (f *fetch) blockMismatch(allowed string, stage Stage, origin string) {
	// 4. If it isn't exactly the request's origin, byte by byte, fail.
	text := ofResponse(stage) + " may not be read by this origin."
	if allowed == "*" {
		text = "With credentials, * allows no origin: it has to be named."
	}
	f.block(causeOfMismatch(allowed, f.failure.lines), stage, clause{sectionCheck, "4"}, allowed, origin, text)
}

// causeOfMismatch says why a value isn't the origin. Neither the standard nor the
// script sees the difference, but each mistake has its own fix.
func causeOfMismatch(allowed string, lines int) Cause {
	switch {
	case allowed == "*":
		return AllowOriginWildcard
	case lines > 1 || strings.ContainsAny(allowed, ", "):
		return AllowOriginMultiple
	case allowed == "null":
		return AllowOriginMismatch
	}
	if _, ok := whatwg.Parse(decoded(allowed), whatwg.URL{}); !ok {
		return AllowOriginInvalid
	}
	return AllowOriginMismatch
}
