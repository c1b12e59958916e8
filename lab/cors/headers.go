package cors

import (
	"encoding/json"
	"fmt"
	"reflect"
	"slices"
	"strconv"
	"strings"
)

// HeaderList is a header list of the standard: names and values in order. Names are
// compared without regard to case (#concept-header-list).
type HeaderList [][2]string

// UnmarshalJSON reads a list of pairs. It refuses a list of any other length than two,
// because encoding/json would silently cut or fill it.
func (l *HeaderList) UnmarshalJSON(text []byte) error {
	var lines [][]string
	if err := json.Unmarshal(text, &lines); err != nil {
		return err
	}
	*l = make(HeaderList, len(lines))
	for i, line := range lines {
		if len(line) != 2 {
			return &json.UnmarshalTypeError{
				Value: fmt.Sprintf("list of %d", len(line)),
				Type:  reflect.TypeFor[[2]string](),
				Field: strconv.Itoa(i),
			}
		}
		(*l)[i] = [2]string(line)
	}
	return nil
}

// whitespace may surround a header's value on the wire and is not part of it
// (RFC 9110, section 5.5).
const whitespace = "\t "

// lines returns the values of the header lines with that name, in order.
func (l HeaderList) lines(name string) []string {
	var values []string
	for _, header := range l {
		if strings.EqualFold(header[0], name) {
			values = append(values, strings.Trim(header[1], whitespace))
		}
	}
	return values
}

func (l HeaderList) contains(name string) bool {
	return slices.ContainsFunc(l, func(header [2]string) bool { return strings.EqualFold(header[0], name) })
}

// get joins the values of that name with a comma and a space; ok is false for
// the standard's null (#concept-header-list-get).
func (l HeaderList) get(name string) (value string, ok bool) {
	for i, header := range l {
		switch {
		case !strings.EqualFold(header[0], name):
		case l[i+1:].contains(name):
			return strings.Join(l[i:].lines(name), ", "), true
		default:
			return strings.Trim(header[1], whitespace), true
		}
	}
	return "", false
}

// without returns the list without the headers that have those names
// (#concept-header-list-delete).
func (l HeaderList) without(names ...string) HeaderList {
	var rest HeaderList
	for _, header := range l {
		if !hasName(names, header[0]) {
			rest = append(rest, header)
		}
	}
	return rest
}

// combined returns the list with the lines of each name joined into one, as
// XMLHttpRequest does (#concept-header-list-combine).
func (l HeaderList) combined() HeaderList {
	var all HeaderList
	for _, header := range l {
		at := slices.IndexFunc(all, func(h [2]string) bool { return strings.EqualFold(h[0], header[0]) })
		if at < 0 {
			all = append(all, header)
			continue
		}
		all[at][1] += ", " + header[1]
	}
	return all
}

// sorted returns the list sorted by name, with names in lowercase, the order in which a
// Headers object is iterated (#concept-header-list-sort-and-combine).
func (l HeaderList) sorted() HeaderList {
	sorted := make(HeaderList, len(l))
	for i, header := range l {
		sorted[i] = [2]string{strings.ToLower(header[0]), header[1]}
	}
	slices.SortStableFunc(sorted, func(a, b [2]string) int { return strings.Compare(a[0], b[0]) })
	return sorted
}

// tokens is the value of a header that is a list of methods or header names.
type tokens struct {
	present bool
	bad     string   // the first element that isn't a token; it makes the whole list a failure
	items   []string // those before the bad one
}

// extract parses each line of that name separately. One bad element makes the whole
// list a failure (#extract-header-list-values).
func (l HeaderList) extract(name string) tokens {
	var list tokens
	for _, header := range l {
		// 1. A list without the name gives null.
		if !strings.EqualFold(header[0], name) {
			continue
		}
		list.present = true
		// 4. and 4.1. Extract the values of each header of that name. They are
		//             separated by commas, and empty ones are allowed (RFC 9110,
		//             section 5.6.1.2).
		for element := range strings.SplitSeq(header[1], ",") {
			element = strings.Trim(element, whitespace)
			switch {
			case element == "" || list.bad != "":
			case isToken(element):
				// 4.3. Append each value to the list.
				list.items = append(list.items, element)
			default:
				// 4.2. If one is not a token, the whole list is a failure.
				list.bad = element
			}
		}
	}
	return list
}

func (t tokens) failed() bool               { return t.bad != "" }
func (t tokens) contains(s string) bool     { return slices.Contains(t.items, s) }
func (t tokens) containsFold(s string) bool { return hasName(t.items, s) }

func hasName(names []string, name string) bool {
	return slices.ContainsFunc(names, func(n string) bool { return strings.EqualFold(n, name) })
}
