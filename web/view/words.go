package view

import (
	"cmp"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"
	"unicode"

	"corslab/lab/cors"
	"corslab/lab/scenario"
	"corslab/lab/session"

	"github.com/a-h/templ"
)

// rowGroup is what the rows of one group need to be shown.
type rowGroup struct {
	name    string // "preflight", "response" or "script"
	title   string
	status  int // 0 for a group without one
	headers []scenario.Header
	origins scenario.Origins
	faults  scenario.Faults
}

func rowID(group string, i int) string { return fmt.Sprintf("row-%s-%d", group, i) }

func rowName(h scenario.Header) string { return cmp.Or(h.Name, "the new header") }

func groupTitle(group string) string {
	if group == "preflight" {
		return "To the preflight (OPTIONS)"
	}
	return "To the request itself"
}

func hintTitle(i int) string { return fmt.Sprintf("Hint %d", i+1) }

// general gathers the faults that belong to no row, status or choice.
func general(faults scenario.Faults) string {
	var rest []string
	for _, f := range faults {
		if !strings.ContainsAny(f.Place, ":.") {
			rest = append(rest, f.Place+": "+f.Message+".")
		}
	}
	return strings.Join(rest, " ")
}

func invalid(message string) templ.Attributes {
	if message == "" {
		return nil
	}
	return templ.Attributes{"aria-invalid": "true"}
}

func solvedMark(solved bool) templ.Attributes {
	if !solved {
		return nil
	}
	return templ.Attributes{"data-solved": "true"}
}

func heldMark(held bool) templ.Attributes {
	if !held {
		return nil
	}
	return templ.Attributes{"data-held": "true"}
}

// unmet is the goal before the first run.
func unmet(s *scenario.Scenario) []session.Met {
	lines := make([]session.Met, len(s.Goal))
	for i, fact := range s.Goal {
		lines[i].Fact = fact
	}
	return lines
}

func anyOf(s *scenario.Scenario, parts ...string) bool { return slices.ContainsFunc(parts, s.Allows) }

// withWord adds a word that a scenario uses and the usual choice lacks.
func withWord(words []string, word string) []string {
	if slices.Contains(words, word) {
		return words
	}
	return append(words, word)
}

// runnerURL is where the document stands that sends the scenario's request.
func runnerURL(s *scenario.Scenario, o scenario.Origins) string {
	if s.Script.From == "null" {
		return o.Page + "/runner"
	}
	return o.Of(s.Script.From) + "/runner"
}

// sandboxed gives a frame the opaque origin that serializes to null.
func sandboxed(s *scenario.Scenario) templ.Attributes {
	if s.Script.From != "null" {
		return nil
	}
	return templ.Attributes{"sandbox": "allow-scripts"}
}

// originsJSON gives the scripts the origins by placeholder.
func originsJSON(o scenario.Origins) (string, error) {
	byName := make(map[string]string)
	for _, name := range scenario.Placeholders() {
		byName[name] = o.Of(name)
	}
	encoded, err := json.Marshal(byName)
	return string(encoded), err
}

func outcomeWord(o cors.Outcome) string {
	switch o {
	case cors.Readable:
		return "Readable"
	case cors.Opaque:
		return "Opaque"
	case cors.OpaqueRedirect:
		return "Opaque redirect"
	}
	return "Blocked"
}

// insight says in one or two sentences what really happened, from what was
// seen on both sides.
func insight(s session.Settled) string {
	answered := slices.IndexFunc(s.Sent, func(sent session.Sent) bool { return !sent.Preflight })
	switch {
	case s.Outcome == cors.Readable:
		return "The browser gave the answer to the script."
	case s.Outcome == cors.Opaque:
		return "The request went out and the server answered, but mode no-cors hands the script an empty shell: status 0, no headers, no body."
	case s.Outcome == cors.OpaqueRedirect:
		return "The server redirected, and redirect mode manual shows the script nothing of it."
	case answered >= 0:
		return withheld(s.Sent[answered])
	case len(s.Sent) > 0:
		return "The preflight was answered, but not with the permission that the browser needs. The request itself was never sent."
	}
	return "Nothing reached the server: the browser refused before it sent anything, or could not connect."
}

func withheld(sent session.Sent) string {
	text := fmt.Sprintf("The server did answer %s, with status %d. The browser withheld the answer from the script.", sent.Method, sent.Status)
	if sent.Effect != "" {
		text += " What the request did on the server stays done: " + sent.Effect + "."
	}
	return text
}

func entryID(seq uint64) string { return fmt.Sprintf("entry-%d", seq) }

func clock(t time.Time) string { return t.Format("15:04:05.000") }

func askedHeaders(asked session.Asked) string {
	if asked.Headers == "" {
		return ""
	}
	return " with " + asked.Headers
}

// line is one header as the log shows it.
type line struct{ name, value string }

func requestHeaders(r session.Request) []line {
	return append([]line{{"Host", r.Host}}, sortedHeaders(r.Headers)...)
}

func sortedHeaders(headers map[string][]string) []line {
	var lines []line
	for _, name := range slices.Sorted(maps.Keys(headers)) {
		for _, value := range headers[name] {
			lines = append(lines, line{name, printable(decode(value))})
		}
	}
	return lines
}

func tellingRequest(r session.Request) []line {
	return slices.DeleteFunc(sortedHeaders(r.Headers), func(l line) bool {
		return l.name != "Origin" && l.name != "Cookie" && !strings.HasPrefix(l.name, "Access-Control-")
	})
}

func tellingReply(r session.Reply) []line {
	return slices.DeleteFunc(sortedHeaders(r.Headers), func(l line) bool {
		return l.name != "Vary" && !strings.HasPrefix(l.name, "Access-Control-")
	})
}

func bodyTitle(r session.Request) string {
	if r.Size > int64(len(r.Body)) {
		return fmt.Sprintf("Body, the first %d of %d bytes", len(r.Body), r.Size)
	}
	return fmt.Sprintf("Body, %d bytes", r.Size)
}

// decode gives each byte of a header value its code point
// (https://infra.spec.whatwg.org/#isomorphic-decode).
func decode(value string) string {
	runes := make([]rune, len(value))
	for i := range len(value) {
		runes[i] = rune(value[i])
	}
	return string(runes)
}

// printable replaces what is no printable character by �.
func printable(text string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsPrint(r) || r == '\n' || r == '\t' {
			return r
		}
		return '�'
	}, text)
}
