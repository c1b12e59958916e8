package cors

import (
	"math"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"corslab/lab/cors/internal/whatwg"
)

// Bounds on the values of safelisted request headers, in bytes: of one value, and of
// all together.
const (
	longestSafelisted  = 128
	longestSafelistSum = 1024
)

// unsafeNames are the names that a preflight must ask for, in lowercase and sorted.
func (f *fetch) unsafeNames() []string {
	if f.differs(originalNamesAsked) && f.redirects > 0 {
		return f.stickyNames()
	}
	return f.currentUnsafeNames()
}

// stickyNames are the names of originalNamesAsked: those of the original request
// without the ones that this redirect removed. If the request needs none any more, they
// are those that the last preflight asked for.
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

// currentUnsafeNames are the CORS-unsafe request-header names of the current request
// (#cors-unsafe-request-header-names).
func (f *fetch) currentUnsafeNames() []string {
	// 1. to 3. Begin with two empty lists and a sum of 0.
	var unsafe, potentiallyUnsafe []string
	sum := 0
	// 4. For each header:
	for _, header := range f.headers {
		// 4.1. If it is not CORS-safelisted, its name is unsafe.
		if !f.engine.isSafelisted(header[0], header[1]) {
			unsafe = append(unsafe, strings.ToLower(header[0]))
			continue
		}
		// 4.2. Otherwise it can still become unsafe: add the length of its value.
		potentiallyUnsafe = append(potentiallyUnsafe, strings.ToLower(header[0]))
		sum += utf8.RuneCountInString(header[1])
	}
	// 5. If the values are longer than 1024 bytes together, all names are unsafe.
	if sum > longestSafelistSum {
		unsafe = append(unsafe, potentiallyUnsafe...)
	}
	// 6. Return the names in lowercase, sorted, each once.
	slices.Sort(unsafe)
	return slices.Compact(unsafe)
}

// isSafelisted reports whether a header is a CORS-safelisted request-header
// (#cors-safelisted-request-header).
func (e Engine) isSafelisted(name, value string) bool {
	// 1. A value longer than 128 bytes is not safelisted.
	if utf8.RuneCountInString(value) > longestSafelisted {
		return false
	}
	switch strings.ToLower(name) {
	// 2. Accept must not have a CORS-unsafe byte.
	case "accept":
		return !e.hasUnsafeByte(value)
	// 2. The languages must have nothing but a few harmless bytes.
	case "accept-language", "content-language":
		return !strings.ContainsFunc(value, isUnsafeInLanguage)
	// 2. Content-Type must be one that a form can send.
	case "content-type":
		return e.isSafeType(value)
	// 2. Range must be a single range that has a start.
	case "range":
		return e.isSafeRange(value)
	}
	// 2. No other header is safelisted.
	return e.differs(clientHintsSafelisted) && isClientHint(strings.ToLower(name), value)
}

// isSafeType is step 2 for Content-Type.
func (e Engine) isSafeType(value string) bool {
	if e.differs(contentTypeCommaUnsafe) && strings.Contains(value, ",") {
		return false
	}
	// 2.1. It must not have a CORS-unsafe byte,
	// 2.2. to 2.4. and its essence must be one of three.
	return !e.hasUnsafeByte(value) && isFormType(essence(value))
}

func (e Engine) hasUnsafeByte(value string) bool {
	return strings.ContainsFunc(value, isUnsafeByte) ||
		e.differs(highBytesUnsafe) && strings.ContainsFunc(value, func(b rune) bool { return b > 0x7F })
}

// isUnsafeByte reports whether a byte is a CORS-unsafe request-header byte
// (#cors-unsafe-request-header-byte).
func isUnsafeByte(b rune) bool {
	return b < 0x20 && b != '\t' || strings.ContainsRune("\"():<>?@[\\]{}\x7F", b)
}

// isUnsafeInLanguage reports whether a byte keeps Accept-Language and Content-Language
// from being safelisted. Only alphanumerics and eight more characters are safe.
func isUnsafeInLanguage(b rune) bool {
	return b > 0x7F || !whatwg.IsAlphanumeric(byte(b)) && !strings.ContainsRune(" *,-.;=", b)
}

func isFormType(essence string) bool {
	switch essence {
	case "application/x-www-form-urlencoded", "multipart/form-data", "text/plain":
		return true
	}
	return false
}

// essence returns type and subtype of a MIME type in lowercase, or "" if the text isn't
// one. It ignores parameters (MIME Sniffing, #parse-a-mime-type).
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

// isSafeRange is isSimpleRange with the engine's differences.
func (e Engine) isSafeRange(value string) bool {
	if e.differs(rangeAnyCase) {
		value = strings.ToLower(value)
	}
	if e.differs(rangePlusSign) {
		value = strings.NewReplacer("=+", "=", "-+", "-").Replace(value)
	}
	switch {
	case !isSimpleRange(value):
		return false
	case e.differs(rangeSigned63):
		return !hasNumberBeyond(value, math.MaxInt64-1)
	case e.differs(rangeUnsigned64):
		return !hasNumberBeyond(value, math.MaxUint64)
	}
	return true
}

// isSimpleRange reports whether the value is a single range
// (#simple-range-header-value), without whitespace and with a start.
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
