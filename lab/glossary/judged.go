package glossary

import (
	"strings"

	"corslab/lab/cors"
)

// judgedPhrases returns the judge's own phrases, so that a look-up knows everything
// that the judge can say.
func judgedPhrases() []Phrase {
	var list []Phrase
	for _, w := range cors.Wordings() {
		p := Phrase{Engine: w.Engine, Name: w.Error, Causes: []cors.Cause{w.Cause}, Stages: []cors.Stage{w.Stage}}
		if w.Console != "" {
			list = addLine(list, p, w.Console)
		}
		for _, spelling := range spellings(w.Error) {
			p.Text = spelling
			if p.Vague = w.Error == netFailed; p.Vague {
				p.Topic = NoReason
			}
			list = add(list, p)
		}
	}
	return list
}

// Parts of Chromium's lines.
const (
	chromiumBlocked   = "blocked by CORS policy: "
	chromiumPreflight = "Response to preflight request doesn't pass access control check: "
	chromiumSchemes   = "Cross origin requests are only supported for protocol schemes: "
	netFailed         = "net::ERR_FAILED" // at the end of every line that Chromium prints about a blocked request
)

// addLine adds a console line, or only its reason.
func addLine(list []Phrase, p Phrase, line string) []Phrase {
	if _, reason, found := strings.Cut(line, chromiumBlocked); found {
		return addChromiumReason(list, p, reason)
	}
	p.Text = line
	if _, reason, found := strings.Cut(line, "(Reason: "); found {
		p.Text, _, _ = strings.Cut(reason, ").")
	}
	p.Vague = p.Engine == cors.WebKit && strings.HasPrefix(line, "Fetch API cannot load")
	return add(list, p)
}

// addChromiumReason adds the reason at the end of Chromium's lines. It can appear
// alone, or after what earlier versions wrote in front of it.
func addChromiumReason(list []Phrase, p Phrase, reason string) []Phrase {
	if strings.HasPrefix(reason, chromiumSchemes) { // each version lists different ones
		reason = chromiumSchemes + "{value}"
	}
	p.Text = chromiumBlocked + reason
	list = add(list, p)
	p.Text = strings.TrimPrefix(reason, chromiumPreflight)
	list = add(list, p)
	if p.Stages[0] != cors.StageRedirect || p.Causes[0] == cors.RedirectScheme || p.Causes[0] == cors.RedirectCredentials {
		return list
	}
	p.Retired = true
	p.Text = "Redirect from {url} to {location} has been " + chromiumBlocked + p.Text
	return add(list, p)
}

// spellings lists the ways to write a name: the categories of Firefox have a digit that
// the URLs of their documentation leave out.
func spellings(name string) []string {
	plain := strings.TrimRight(name, "0123456789")
	switch {
	case name == "":
		return nil
	case plain != name && strings.HasPrefix(name, "CORS"):
		return []string{name, plain}
	}
	return []string{strings.TrimPrefix(name, "net::")}
}
