package view

import (
	"net/url"
	"slices"
	"strings"

	"corslab/lab/cors"
	"corslab/lab/scenario"

	"github.com/a-h/templ"
)

// LookUpPage is what the error look-up shows.
type LookUpPage struct {
	Reading  cors.Reading // of an empty text before anything is asked
	Glossary *cors.Glossary
	Library  *scenario.Library
}

// mostTyped is how many characters the form takes: whatever they are, they fit
// into an address that the lab accepts.
const mostTyped = 6 << 10

// pasted is the text as it can stand in the form again.
func (p LookUpPage) pasted() string {
	return printable(strings.ReplaceAll(strings.TrimSpace(p.Reading.Text), "\r\n", "\n"))
}

func (p LookUpPage) asked() bool { return strings.TrimSpace(p.Reading.Text) != "" }

// sure lists the matches of which the text tells for certain.
func (p LookUpPage) sure() []cors.Match {
	return slices.DeleteFunc(slices.Clone(p.Reading.Matches), func(m cors.Match) bool { return !m.Exact })
}

func (p LookUpPage) guesses() []cors.Match {
	return slices.DeleteFunc(slices.Clone(p.Reading.Matches), func(m cors.Match) bool { return m.Exact })
}

// showing lists the scenarios that show the cause, those of these stages first.
func (p LookUpPage) showing(cause cors.Cause, stages []cors.Stage) []*scenario.Scenario {
	var same, other []*scenario.Scenario
	for _, s := range p.Library.All() {
		switch {
		case s.Expect.Cause != cause:
		case slices.Contains(stages, s.Expect.Stage):
			same = append(same, s)
		default:
			other = append(other, s)
		}
	}
	return append(same, other...)
}

// saying is how one browser tells of a cause.
type saying struct {
	browser string
	texts   []string
}

// sayings lists how the browsers other than that of the match tell of a cause.
func (p LookUpPage) sayings(cause cors.Cause, but cors.Engine) []saying {
	const most = 2
	var list []saying
	for _, engine := range []cors.Engine{cors.Chromium, cors.Firefox, cors.WebKit} {
		s := saying{browser: browserOf(engine)}
		for _, w := range p.Glossary.Wordings(cause, engine) {
			text := w.Plain()
			contained := func(other string) bool { return strings.Contains(text, other) || strings.Contains(other, text) }
			if len(s.texts) < most && !slices.ContainsFunc(s.texts, contained) {
				s.texts = append(s.texts, text)
			}
		}
		if engine != but && len(s.texts) > 0 {
			list = append(list, s)
		}
	}
	return list
}

// example is a line to try the look-up with.
type example struct{ browser, text string }

func examples() []example {
	return []example{
		{"Chrome", "Access to fetch at 'https://api.example/items' from origin 'https://shop.example' has been blocked by CORS policy: Response to preflight request doesn't pass access control check: No 'Access-Control-Allow-Origin' header is present on the requested resource."},
		{"Chrome, a part", "Method PUT is not allowed by Access-Control-Allow-Methods"},
		{"Firefox", "Cross-Origin Request Blocked: The Same Origin Policy disallows reading the remote resource at https://api.example/items. (Reason: Credential is not supported if the CORS header ‘Access-Control-Allow-Origin’ is ‘*’)."},
		{"Safari", "Origin https://shop.example is not allowed by Access-Control-Allow-Origin. Status code: 200"},
		{"What a script gets", "TypeError: Failed to fetch"},
		{"Your own words", "the preflight got a 404"},
	}
}

func lookUpURL(text string) templ.SafeURL {
	return templ.SafeURL("/errors?text=" + url.QueryEscape(text))
}

func browserOf(engine cors.Engine) string {
	switch engine {
	case cors.Chromium:
		return "Chrome"
	case cors.Firefox:
		return "Firefox"
	case cors.WebKit:
		return "Safari"
	}
	return "Several browsers"
}

// saidBy says whose wording was found.
func saidBy(m cors.Match) string {
	text := browserOf(m.Engine)
	if m.Retired {
		text += ", in a former version"
	}
	return text
}

// whereItStruck says at which part of the exchange, as far as the wording tells.
func whereItStruck(stages []cors.Stage) string {
	if len(stages) != 1 {
		return "At " + listed(stages) + ": the line does not tell which."
	}
	switch stages[0] {
	case cors.StageRequest:
		return "Before anything was sent."
	case cors.StagePreflight:
		return "At the answer to the preflight (OPTIONS). The request itself was never sent."
	case cors.StageRedirect:
		return "At a redirect on the way."
	}
	return "At the answer to the request itself. The server has done its work; the script may not read the answer."
}

func listed(stages []cors.Stage) string {
	var names []string
	for _, stage := range stages {
		names = append(names, map[cors.Stage]string{
			cors.StageRequest: "the request, before it was sent", cors.StagePreflight: "the preflight",
			cors.StageResponse: "the answer itself", cors.StageRedirect: "a redirect",
		}[stage])
	}
	last := len(names) - 1
	return strings.Join(names[:last], ", ") + " or " + names[last]
}

// nameOfValue is what the page calls something that the text names.
func nameOfValue(what string) string {
	switch what {
	case "url":
		return "URL"
	case "location":
		return "Redirect to"
	case "space":
		return "Address space"
	}
	return strings.ToUpper(what[:1]) + what[1:]
}

// summaryAt says what happened, of the preflight where it was that for certain.
func summaryAt(cause cors.Cause, stages []cors.Stage) string {
	verdict := cors.Verdict{Outcome: cors.Blocked, Cause: cause}
	if len(stages) == 1 {
		verdict.Stage = stages[0]
	}
	return verdict.Sentence()
}

func firstSentence(text string) string {
	first, _, more := strings.Cut(text, ". ")
	if more {
		first += "."
	}
	return first
}

func otherSentences(text string) string {
	_, others, _ := strings.Cut(text, ". ")
	return others
}

func lookUpTitle(p LookUpPage) string {
	if !p.asked() {
		return "Look up a CORS error · corslab"
	}
	return "What the error means · corslab"
}

// findingMarks are for tests, and for styles.
func findingMarks(m cors.Match) templ.Attributes {
	marks := templ.Attributes{}
	if len(m.Causes) == 1 {
		marks["data-cause"] = string(m.Causes[0])
	}
	if m.Topic != "" {
		marks["data-topic"] = string(m.Topic)
	}
	return marks
}

// stageWord tells apart the scenarios of one cause.
func stageWord(stage cors.Stage) string {
	switch stage {
	case cors.StageRequest:
		return "before anything is sent"
	case cors.StageResponse:
		return "at the answer"
	}
	return "at the " + string(stage)
}
