// Package fields says what the lab does with each HTTP response field that a
// learner, a link or a scenario file sets: it sends the field, confines its
// value, or refuses it. A response from the lab must change nothing beyond its
// own session, so the table looks at what browsers do with a field, not at what
// the field is for.
//
// [Lookup] reads the table, which has a row for every name in IANA's HTTP Field
// Name Registry and for unregistered names that browsers act on. [Check] applies
// the table to a name and a value. The API and both proxies use it. The package
// knows nothing about sessions, scenarios or servers.
package fields

import (
	_ "embed"
	"strings"
)

// Verdict is what the lab does with a field in a response.
type Verdict string

// The verdicts.
const (
	Sent     Verdict = "sent"     // with any value
	Confined Verdict = "confined" // with the values that Check accepts
	Refused  Verdict = "refused"  // never
)

// Field is one row of the table.
type Field struct {
	Name         string
	Verdict      Verdict
	Reason       string // one sentence
	HopByHop     bool   // applies to one connection, so a proxy never passes it on
	Unregistered bool   // browsers know it, but IANA doesn't list it
}

//go:embed table.txt
var tableText string

// table has the rows by lowercase name. It never changes.
var table = index(parse(tableText))

// Lookup returns the row of a name in any case. Names without a row are sent.
func Lookup(name string) Field {
	if row, found := table[strings.ToLower(name)]; found {
		return row
	}
	return Field{Name: name, Verdict: Sent, Reason: "No browser is known to act on it.", Unregistered: true}
}

// Rows returns every row, in the order of the table.
func Rows() []Field { return parse(tableText) }

func index(rows []Field) map[string]Field {
	byName := make(map[string]Field, len(rows))
	for _, row := range rows {
		byName[strings.ToLower(row.Name)] = row
	}
	return byName
}

// parse reads the table. A line that starts with == applies to the names below it.
func parse(text string) []Field {
	var rows []Field
	var group Field
	for line := range strings.Lines(text) {
		line = strings.TrimSpace(line)
		switch heading, isHeading := strings.CutPrefix(line, "== "); {
		case line == "" || line[0] == '#':
		case isHeading:
			group = parseHeading(heading)
		default:
			row := group
			row.Name, row.Unregistered = strings.CutPrefix(line, "+")
			rows = append(rows, row)
		}
	}
	return rows
}

func parseHeading(heading string) Field {
	verdict, reason, _ := strings.Cut(heading, ": ")
	verdict, scope, _ := strings.Cut(verdict, ", ")
	return Field{Verdict: Verdict(verdict), Reason: reason, HopByHop: scope == "one connection"}
}
