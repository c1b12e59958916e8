package cors

import (
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"corslab/lab/cors/internal/whatwg"
)

// Bounds on the values of safelisted request headers, in bytes: of one, and of
// all together.
const (
	longestSafelisted  = 128
	longestSafelistSum = 1024
)

// unsafeNames are the names for which a preflight has to ask, in lower case,
// sorted (https://fetch.spec.whatwg.org/#cors-unsafe-request-header-names).
func (f *fetch) unsafeNames() []string {
	if f.engine.preflight.asksStickyNames && f.redirects > 0 {
		return f.stickyNames()
	}
	return f.currentUnsafeNames()
}

// stickyNames are the names for which Firefox asks after a redirect: those of
// the original request, less what this redirect took away; or where the request
// needs no preflight any more, what the last one asked for.
func (f *fetch) stickyNames() []string {
	names := slices.Clone(f.original)
	if slices.Contains(f.currentUnsafeNames(), "content-type") {
		names = append(names, "content-type")
	}
	if len(names) == 0 && !f.forcePreflight && isSafelistedMethod(f.method) {
		return f.asked
	}
	slices.Sort(names)
	return slices.DeleteFunc(slices.Compact(names), func(name string) bool { return slices.Contains(f.stripped, name) })
}

// currentUnsafeNames are the CORS-unsafe request-header names of the request
// as it stands.
func (f *fetch) currentUnsafeNames() []string {
	// Steps 1 to 3.
	var unsafe, potentiallyUnsafe []string
	sum := 0
	// Step 4.
	for _, header := range f.headers {
		// Step 4.1: not safelisted.
		if !f.isSafelisted(header[0], header[1]) {
			unsafe = append(unsafe, strings.ToLower(header[0]))
			continue
		}
		// Step 4.2.
		potentiallyUnsafe = append(potentiallyUnsafe, strings.ToLower(header[0]))
		sum += utf8.RuneCountInString(header[1])
	}
	// Step 5: too long together.
	if sum > longestSafelistSum {
		unsafe = append(unsafe, potentiallyUnsafe...)
	}
	// Step 6: without duplicates, in lower case, sorted.
	slices.Sort(unsafe)
	return slices.Compact(unsafe)
}

// isSafelisted: https://fetch.spec.whatwg.org/#cors-safelisted-request-header
func (f *fetch) isSafelisted(name, value string) bool {
	// Step 1: longer than 128 bytes.
	if utf8.RuneCountInString(value) > longestSafelisted {
		return false
	}
	// Step 2.
	switch strings.ToLower(name) {
	case "accept":
		return !f.hasUnsafeByte(value)
	case "accept-language", "content-language":
		return !strings.ContainsFunc(value, isNoLanguageByte)
	case "content-type":
		return !f.hasUnsafeByte(value) && isFormType(essence(value)) && !(f.engine.request.strictContentType && strings.Contains(value, ","))
	case "range":
		return f.isSafeRange(value)
	}
	return f.engine.request.clientHints && isClientHint(strings.ToLower(name), value)
}

func (f *fetch) hasUnsafeByte(value string) bool {
	return strings.ContainsFunc(value, func(b rune) bool { return isUnsafeByte(b) || f.engine.request.highBytesUnsafe && b > 0x7F })
}

// isUnsafeByte: https://fetch.spec.whatwg.org/#cors-unsafe-request-header-byte
func isUnsafeByte(b rune) bool {
	return b < 0x20 && b != '\t' || strings.ContainsRune("\"():<>?@[\\]{}\x7F", b)
}

// isNoLanguageByte reports the bytes that Accept-Language and Content-Language
// must not have to be safelisted: all but alphanumerics and eight more.
func isNoLanguageByte(b rune) bool {
	return b > 0x7F || !whatwg.IsAlphanumeric(byte(b)) && !strings.ContainsRune(" *,-.;=", b)
}

func isFormType(essence string) bool {
	switch essence {
	case "application/x-www-form-urlencoded", "multipart/form-data", "text/plain":
		return true
	}
	return false
}

// essence returns type and subtype of a MIME type in lower case, "" where the
// text is none; parameters play no part
// (https://mimesniff.spec.whatwg.org/#parse-a-mime-type).
func essence(value string) string {
	const httpWhitespace = "\t\n\r "
	kind, rest, found := strings.Cut(strings.Trim(value, httpWhitespace), "/")
	if !found || !isToken(kind) {
		return ""
	}
	subtype, _, _ := strings.Cut(rest, ";")
	subtype = strings.TrimRight(subtype, httpWhitespace)
	if !isToken(subtype) {
		return ""
	}
	return strings.ToLower(kind + "/" + subtype)
}

// isSafeRange is isSimpleRange as the engine reads the value.
func (f *fetch) isSafeRange(value string) bool {
	if f.engine.request.anyCaseRange {
		value = strings.ToLower(value)
	}
	if f.engine.request.signedRange {
		value = strings.NewReplacer("=+", "=", "-+", "-").Replace(value)
	}
	limit := f.engine.request.longestRange
	return isSimpleRange(value) && (limit == 0 || !hasNumberBeyond(value, limit))
}

// isSimpleRange reports whether the value is a range that has a start: step 2,
// range, after "parse a single range header value"
// (https://fetch.spec.whatwg.org/#simple-range-header-value), which allows no
// whitespace here.
func isSimpleRange(value string) bool {
	ranges, found := strings.CutPrefix(value, "bytes=")
	if !found {
		return false
	}
	start, end, found := strings.Cut(ranges, "-")
	if !found || start == "" || !whatwg.IsDigits(start) || !whatwg.IsDigits(end) {
		return false
	}
	return end == "" || compareNumbers(start, end) <= 0
}

// hasNumberBeyond reports whether a number of the range is larger than the
// limit.
func hasNumberBeyond(value string, limit uint64) bool {
	for number := range strings.SplitSeq(strings.TrimPrefix(value, "bytes="), "-") {
		if n, err := strconv.ParseUint(number, 10, 64); number != "" && (err != nil || n > limit) {
			return true
		}
	}
	return false
}

// compareNumbers compares decimal numbers of any length.
func compareNumbers(a, b string) int {
	a, b = strings.TrimLeft(a, "0"), strings.TrimLeft(b, "0")
	if len(a) != len(b) {
		return len(a) - len(b)
	}
	return strings.Compare(a, b)
}
