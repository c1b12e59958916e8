package wire

import "slices"

// Bounds on the request headers that a cache stores with a response.
const (
	maxVaried      = 20      // headers
	maxVariedValue = 1 << 10 // bytes of one value
)

// Varied returns the request headers that the response's Vary names, with their values.
// A cache may reuse the response for requests with the same values
// (https://httpwg.org/specs/rfc9111.html#caching.negotiated.responses). It reports
// false if the headers are more than a cache stores.
func Varied(r Request, response Response) (named Headers, ok bool) {
	for _, name := range response.Headers.List("Vary") {
		if slices.ContainsFunc(named, func(line Line) bool { return line.Name == name }) {
			continue
		}
		value := r.Headers.Get(name)
		if len(named) == maxVaried || len(value) > maxVariedValue {
			return nil, false
		}
		named.Add(name, value)
	}
	return named, true
}

// Match reports whether a request has the same values of the named headers.
func (h Headers) Match(r Request) bool {
	return !slices.ContainsFunc(h, func(line Line) bool { return r.Headers.Get(line.Name) != line.Value })
}
