package view

import (
	"fmt"
	"slices"

	"corslab/lab/cors"
	"corslab/lab/session"

	"github.com/a-h/templ"
)

// noLongerStored replaces the values of a run's report if the journal no longer keeps the
// report.
func noLongerStored(s session.Settled) string {
	if s.Cut.Bodies {
		return "no longer kept"
	}
	return ""
}

func outcomeWord(o cors.Outcome) string {
	switch o {
	case cors.Readable:
		return "Readable"
	case cors.Opaque:
		return "Opaque"
	case cors.OpaqueRedirect:
		return "Opaque redirect"
	case cors.Blocked:
		return "Blocked"
	}
	return "Not known"
}

// insight explains in a sentence or two what really happened, from the script's result
// and the server's log.
func insight(s session.Settled) string {
	actual := slices.IndexFunc(s.Sent, func(sent session.Sent) bool { return !sent.Preflight })
	switch {
	case s.Outcome == cors.Readable && len(s.Sent) == 0:
		return "The browser gave the script an answer that it had kept in its cache. The server was not asked."
	case s.Outcome == cors.Readable && !s.Script.Kind.GivesResponse():
		return readableInsight(s.Script.Kind)
	case s.Outcome == cors.Readable:
		return "The browser gave the answer to the script."
	case s.Outcome == cors.Opaque:
		return opaqueInsight(s.Script.Kind)
	case s.Outcome == cors.OpaqueRedirect:
		return "The server redirected, and redirect mode manual shows the script nothing of it."
	case s.Report.Failed == session.FailedBody:
		return "The browser gave the answer to the script, but its body could not be read: it does not fit its headers, or broke off. That is not CORS."
	case s.Report.Failed == session.FailedTime:
		return "No answer came in time, and the page gave up. That is not CORS."
	case s.Judged.Beyond != "":
		return "The server answered, and the page was told of an error all the same."
	case actual >= 0:
		return withheld(s.Sent[actual])
	case s.Judged.FromCache:
		return "The browser found an answer in its cache and asked nobody. That answer it withheld from the script."
	case s.Judged.Verdict.Cause == cors.StreamHTTP1:
		return "The preflight was passed. But the browser sends a stream over HTTP/2 only, and this server has HTTP/1.1: the request itself was never sent."
	case len(s.Sent) > 0:
		return "The preflight was answered, but not with the permission that the browser needs. The request itself was never sent."
	}
	return nothingSent
}

// nothingSent explains a blocked run in which no request reached the server.
const nothingSent = "Nothing reached the server: the browser refused before it sent anything, or could not connect."

// wide gives a body the whole width.
func wide(body string) templ.Attributes {
	if body == "" {
		return nil
	}
	return templ.Attributes{"class": "outcome__body"}
}

func withheld(sent session.Sent) string {
	if sent.Status == 0 {
		text := "The server received " + sent.Method + " and closed the connection without an answer. That is not CORS, although a script cannot tell the difference."
		if sent.Effect != "" {
			text += " What the request did before stays done: " + sent.Effect + "."
		}
		return text
	}
	text := fmt.Sprintf("The server did answer %s, with status %d. The browser withheld the answer from the script.", sent.Method, sent.Status)
	if sent.Effect != "" {
		text += " What the request did on the server stays done: " + sent.Effect + "."
	}
	return text
}
