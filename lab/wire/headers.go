package wire

import (
	"slices"
	"strings"
)

// Line is one header line.
type Line struct{ Name, Value string }

// Headers are header lines in order. Several lines can have the same name. Names are
// compared without regard to case.
type Headers []Line

// Lines parses header lines in the form that they have on the wire: "Name: value".
func Lines(lines ...string) Headers {
	headers := make(Headers, len(lines))
	for i, line := range lines {
		headers[i].Name, headers[i].Value, _ = strings.Cut(line, ": ")
	}
	return headers
}

// FromMap returns the lines of a map such as net/http's. It sorts them by name, because
// a map has no order.
func FromMap(values map[string][]string) Headers {
	headers := make(Headers, 0, len(values))
	for name, all := range values {
		for _, value := range all {
			headers = append(headers, Line{name, value})
		}
	}
	slices.SortStableFunc(headers, func(a, b Line) int { return strings.Compare(a.Name, b.Name) })
	return headers
}

// AddTo adds the lines to a map such as net/http's, without changing the spelling of
// names.
func (h Headers) AddTo(values map[string][]string) {
	all := make([]string, len(h))
	for i, line := range h {
		if before := values[line.Name]; len(before) > 0 {
			values[line.Name] = append(before, line.Value)
			continue
		}
		all[i] = line.Value
		values[line.Name] = all[i : i+1 : i+1] // one array for all names, to save allocations
	}
}

// Get returns the values of a name, joined as the Fetch standard joins them, or
// "" (https://fetch.spec.whatwg.org/#concept-header-list-get).
func (h Headers) Get(name string) string {
	for i, line := range h {
		if !strings.EqualFold(line.Name, name) {
			continue
		}
		if !h[i+1:].Has(name) {
			return line.Value
		}
		return strings.Join(h[i:].Values(name), ", ")
	}
	return ""
}

// Has reports whether there is a line with the name.
func (h Headers) Has(name string) bool {
	return slices.ContainsFunc(h, func(line Line) bool { return strings.EqualFold(line.Name, name) })
}

// Values returns the values of the lines with the name, in order.
func (h Headers) Values(name string) (values []string) {
	for _, line := range h {
		if strings.EqualFold(line.Name, name) {
			values = append(values, line.Value)
		}
	}
	return values
}

// List returns the elements of a header whose value is a comma-separated list, in
// lowercase.
func (h Headers) List(name string) (elements []string) {
	for _, value := range h.Values(name) {
		for element := range strings.SplitSeq(value, ",") {
			if element = strings.ToLower(strings.TrimSpace(element)); element != "" {
				elements = append(elements, element)
			}
		}
	}
	return elements
}

// Add adds a line at the end.
func (h *Headers) Add(name, value string) { *h = append(*h, Line{name, value}) }

// With returns a copy in which the name has only this value, in the place of its first
// line or at the end.
func (h Headers) With(name, value string) Headers {
	at := slices.IndexFunc(h, func(line Line) bool { return strings.EqualFold(line.Name, name) })
	if at < 0 {
		return append(slices.Clone(h), Line{name, value})
	}
	return slices.Concat(h[:at], Headers{{name, value}}, h[at+1:].Without(name))
}

// Without returns a copy without the lines that have these names.
func (h Headers) Without(names ...string) Headers {
	return h.WithoutFunc(func(name string) bool {
		return slices.ContainsFunc(names, func(other string) bool { return strings.EqualFold(other, name) })
	})
}

// WithoutFunc returns a copy without the lines whose names lacks returns true for.
func (h Headers) WithoutFunc(lacks func(name string) bool) Headers {
	return slices.DeleteFunc(slices.Clone(h), func(line Line) bool { return lacks(line.Name) })
}

// LineOverhead is how many bytes of memory a line needs in addition to its texts.
const LineOverhead = 128

// Size estimates how many bytes of memory the lines need.
func (h Headers) Size() (size int) {
	for _, line := range h {
		size += LineOverhead + len(line.Name) + len(line.Value)
	}
	return size
}
