package view

import (
	"net/url"
	"slices"
	"strconv"
	"strings"

	"corslab/lab/cors"
	"corslab/lab/glossary"
	"corslab/lab/library"
	"corslab/lab/scenario"

	"github.com/a-h/templ"
)

// LookUpPage is the content of the error look-up page.
type LookUpPage struct {
	Reading  glossary.Reading // of an empty text before the first look-up
	Glossary *glossary.Glossary
	Library  *library.Library
}

// maxTyped bounds the text in the form, in characters, so that even percent-encoded it
// fits into an address that the lab accepts.
const maxTyped = 6 << 10

// pasted is the text for the form to show again.
func (p LookUpPage) pasted() string {
	return printable(strings.ReplaceAll(strings.TrimSpace(p.Reading.Text), "\r\n", "\n"))
}

func (p LookUpPage) asked() bool { return strings.TrimSpace(p.Reading.Text) != "" }

// sure lists the matches that are certain.
func (p LookUpPage) sure() []glossary.Match {
	return slices.DeleteFunc(slices.Clone(p.Reading.Matches), func(m glossary.Match) bool { return !m.Sure })
}

func (p LookUpPage) guesses() []glossary.Match {
	return slices.DeleteFunc(slices.Clone(p.Reading.Matches), func(m glossary.Match) bool { return m.Sure })
}

// showing lists the scenarios with the cause. Those with one of the stages come first.
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

// saying is one browser's messages for a cause.
type saying struct {
	browser string
	texts   []string
}

// sayings lists the messages that browsers other than but have for a cause.
func (p LookUpPage) sayings(cause cors.Cause, but cors.Engine) []saying {
	const most = 2
	var list []saying
	for _, engine := range cors.Browsers() {
		s := saying{browser: engineName(engine)}
		for _, w := range p.Glossary.Phrases(cause, engine) {
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

// example is a message to try the look-up with.
type example struct{ browser, text string }

func examples() []example {
	return []example{
		{"Chrome", "Access to fetch at 'https://api.example/items' from origin 'https://shop.example' has been blocked by CORS policy: Response to preflight request doesn't pass access control check: No 'Access-Control-Allow-Origin' header is present on the requested resource."},
		{"Chrome, a part", "Method PUT is not allowed by Access-Control-Allow-Methods in preflight response."},
		{"Firefox", "Cross-Origin Request Blocked: The Same Origin Policy disallows reading the remote resource at https://api.example/items. (Reason: Credential is not supported if the CORS header ‘Access-Control-Allow-Origin’ is ‘*’)."},
		{"Safari", "Origin https://shop.example is not allowed by Access-Control-Allow-Origin. Status code: 200"},
		{"What a script gets", "TypeError: Failed to fetch"},
		{"Your own words", "the preflight got a 404"},
	}
}

func lookUpURL(text string) templ.SafeURL {
	return templ.SafeURL("/errors?text=" + url.QueryEscape(text))
}

// saidBy names the browser or library that a phrase comes from.
func saidBy(m glossary.Match) string {
	text := "Several browsers or libraries"
	if m.Engine != "" {
		text = engineName(m.Engine)
	}
	if m.Retired {
		text += ", in a former version"
	}
	return text
}

// severalCauses describes a phrase that can have several causes.
func severalCauses(m glossary.Match) string {
	text := "Several browsers say"
	if m.Engine != "" {
		text = engineName(m.Engine) + " says"
	}
	return text + " this of " + strconv.Itoa(len(m.Causes)) + " causes, the likeliest first. The line does not tell which."
}

// whereItStruck says which part of the exchange failed, as far as the phrase tells.
func whereItStruck(m glossary.Match) string {
	var words []string
	for _, stage := range m.Stages {
		words = append(words, stageWord(stage))
	}
	text := capitalized(listed(words, "or"))
	switch {
	case slices.Equal(m.Causes, []cors.Cause{cors.NoResponse}) && slices.Index(m.Stages, cors.StageResponse) == 0:
		return "At whatever was sent, the preflight too: no answer came."
	case len(m.Stages) != 1:
		return text + ": the line does not tell which."
	case m.Stages[0] == cors.StagePreflight:
		return text + " (OPTIONS). The request itself was never sent."
	case m.Stages[0] == cors.StageResponse:
		return text + " to the request itself. The server has done its work; the script may not read the answer."
	}
	return text + "."
}

// listed joins words with commas and, before the last one, by "and" or "or".
func listed(words []string, by string) string {
	last := len(words) - 1
	if last < 1 {
		return strings.Join(words, "")
	}
	return strings.Join(words[:last], ", ") + " " + by + " " + words[last]
}

// nameOfValue is the page's label for a value that was found in the text.
func nameOfValue(what string) string {
	switch what {
	case "url":
		return "URL"
	case "location":
		return "Redirect to"
	case "space":
		return "Address space"
	}
	return capitalized(what)
}

// summaryAt summarizes a cause, for the preflight if the stage is certain.
func summaryAt(cause cors.Cause, stages []cors.Stage) string {
	if len(stages) != 1 {
		return cause.Summary()
	}
	return cause.SummaryAt(stages[0])
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

// findingMarks are attributes for tests and styles.
func findingMarks(m glossary.Match) templ.Attributes {
	marks := templ.Attributes{}
	if len(m.Causes) == 1 {
		marks["data-cause"] = string(m.Causes[0])
	}
	if m.Topic != "" {
		marks["data-topic"] = string(m.Topic)
	}
	return marks
}
