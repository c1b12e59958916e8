package view

import (
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"corslab/lab/cors"
	"corslab/lab/inert"
	"corslab/lab/session"
	"corslab/lab/wire"

	"github.com/a-h/templ"
)

// Fragment renders an entry for the page, and returns the entry's kind: "started",
// "received" or "settled".
func Fragment(l Lanes, e session.Entry) (kind string, fragment templ.Component) {
	switch {
	case e.Started != nil:
		return "started", Started(l, e)
	case e.Received != nil:
		return "received", Received(l, e)
	}
	return "settled", Settled(l, e)
}

func entryID(seq uint64) string { return fmt.Sprintf("entry-%d", seq) }

// neverID is the id of the entry for the i-th request that was never sent.
func neverID(seq uint64, i int) string { return fmt.Sprintf("%s-never-%d", entryID(seq), i) }

// gotID is the id of the entry that shows what another caller than the learner's script
// got.
func gotID(seq uint64) string { return entryID(seq) + "-got" }

func clock(t time.Time) string { return t.Format("15:04:05.000") }

func askedHeaders(asked wire.Asked) string {
	if asked.Headers == "" {
		return ""
	}
	return " with " + asked.Headers
}

// line is one header as the log shows it.
type line struct{ name, value string }

func requestHeaders(r *session.Received) []line {
	return append([]line{{"Host", r.Endpoint().Host}}, sortedHeaders(r.Request.Headers)...)
}

func sortedHeaders(headers wire.Headers) []line {
	var lines []line
	for _, h := range headers {
		lines = append(lines, line{h.Name, printable(cors.IsomorphicDecode([]byte(h.Value)))})
	}
	slices.SortStableFunc(lines, func(a, b line) int { return strings.Compare(a.name, b.name) })
	return lines
}

func tellingRequest(r wire.Request) []line {
	return slices.DeleteFunc(sortedHeaders(r.Headers), func(l line) bool {
		return l.name != "Origin" && l.name != "Cookie" && !strings.HasPrefix(l.name, "Access-Control-")
	})
}

func tellingResponse(r wire.Response) []line {
	if r.Closed {
		return nil
	}
	return slices.DeleteFunc(sortedHeaders(r.Headers), func(l line) bool {
		return l.name == "Content-Type"
	})
}

func bodyTitle(r wire.Request) string {
	if r.Broken {
		return fmt.Sprintf("Body of the request, broken off after %d bytes", r.Size)
	}
	if r.Size > int64(len(r.Body)) {
		return fmt.Sprintf("Body of the request, the first %d of %d bytes", len(r.Body), r.Size)
	}
	return fmt.Sprintf("Body of the request, %d bytes", r.Size)
}

// bodiesGone says which bodies the journal no longer keeps.
func bodiesGone(r session.Received) string {
	if r.Request.Size > 0 {
		return fmt.Sprintf("The lab no longer keeps the bodies of this request (%d bytes) and its response.", r.Request.Size)
	}
	return "The lab no longer keeps the body of this response."
}

// printable replaces every unprintable character with �.
func printable(text string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsPrint(r) || r == '\n' || r == '\t' {
			return r
		}
		return '�'
	}, text)
}

// responseBody shows a body, or its length if it isn't text.
func responseBody(body inert.Body) string {
	text := body.String()
	if !utf8.ValidString(text) || strings.IndexByte(text, 0) >= 0 {
		return fmt.Sprintf("%d bytes that aren't text", body.Len())
	}
	return printable(inert.Plain(text))
}
