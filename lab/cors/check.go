package cors

import (
	"slices"
	"strings"

	"corslab/lab/cors/internal/whatwg"
)

// corsCheck decides whether an answer may be shared with the origin
// (https://fetch.spec.whatwg.org/#concept-cors-check).
func (f *fetch) corsCheck(response *Response, stage Stage, origin string) bool {
	headers := response.Headers
	f.failure.url, f.failure.status = f.current(), response.Status
	// Step 1.
	allowed, ok := headers.get("Access-Control-Allow-Origin")
	f.failure.value, f.failure.lines = allowed, len(headers.lines("Access-Control-Allow-Origin"))
	// Step 2: none.
	if !ok {
		f.block(AllowOriginMissing, stage, clause{sectionCheck, "2"}, "no Access-Control-Allow-Origin", origin, ofAnswer(stage)+" does not say which origin may read it.")
		return false
	}
	// Step 3: any origin, where there are no credentials.
	if allowed == "*" && !f.credentialed() {
		f.pass(clause{sectionCheck, "3"}, "*", "* or "+origin, ofAnswer(stage)+" may be read by any origin.")
		return true
	}
	// Step 4: not this origin.
	if allowed != origin {
		text := ofAnswer(stage) + " may not be read by this origin."
		if allowed == "*" {
			text = "With credentials, * allows no origin: it has to be named."
		}
		f.block(causeOfMismatch(allowed, f.failure.lines), stage, clause{sectionCheck, "4"}, allowed, origin, text)
		return false
	}
	f.pass(clause{sectionCheck, "4"}, allowed, origin, ofAnswer(stage)+" names this very origin.")
	// Step 5: no credentials.
	if !f.credentialed() {
		return true
	}
	// Steps 6 and 7.
	credentials, ok := f.merged(headers, "Access-Control-Allow-Credentials")
	f.failure.value = credentials
	if credentials == "true" {
		f.pass(clause{sectionCheck, "7"}, "true", "true", ofAnswer(stage)+" may be read with credentials.")
		return true
	}
	// Step 8.
	if !ok {
		credentials = "no Access-Control-Allow-Credentials"
	}
	f.block(AllowCredentials, stage, clause{sectionCheck, "8"}, credentials, "true", ofAnswer(stage)+" may not be read with credentials.")
	return false
}

// merged joins a header's lines, in Firefox those that are not empty.
func (f *fetch) merged(headers HeaderList, name string) (value string, ok bool) {
	value, ok = headers.get(name)
	if !f.engine.response.mergesNonEmpty || !strings.Contains(value, ",") {
		return value, ok
	}
	lines := slices.DeleteFunc(headers.lines(name), func(line string) bool { return line == "" })
	return strings.Join(lines, ", "), true
}

// ofAnswer names the answer of that stage, to begin a sentence.
func ofAnswer(stage Stage) string {
	switch stage {
	case StagePreflight:
		return "The answer to the preflight"
	case StageRedirect:
		return "The redirect"
	}
	return "The answer"
}

// causeOfMismatch tells apart why a value is not the origin.
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
