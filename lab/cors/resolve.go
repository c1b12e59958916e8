package cors

import "corslab/lab/cors/internal/whatwg"

// Address is the part of a URL that decides its origin.
type Address struct {
	Scheme string
	Host   string // with the port, unless it is the scheme's default
	Origin string // serialized, "null" for an opaque one
	Path   string // with the query; dot segments are resolved, as browsers do
}

// Resolve parses a reference against the URL of a request as browsers parse a
// Location (URL, #concept-url-parser). It reports false if the result isn't a
// URL.
func Resolve(reference, base string) (Address, bool) {
	from, ok := whatwg.Parse(base, whatwg.URL{})
	if !ok {
		return Address{}, false
	}
	to, ok := whatwg.Parse(reference, from)
	if !ok {
		return Address{}, false
	}
	return Address{Scheme: to.Scheme, Host: to.Host, Origin: to.Origin(), Path: to.Path}, true
}
