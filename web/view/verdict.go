package view

import (
	"strconv"
	"strings"

	"corslab/lab/cors"
	"corslab/lab/session"

	"github.com/a-h/templ"
)

// engineName is what people call an engine: the name of its browser.
func engineName(e cors.Engine) string {
	switch e {
	case cors.Chromium:
		return "Chrome"
	case cors.Firefox:
		return "Firefox"
	case cors.WebKit:
		return "Safari"
	}
	return "the standard"
}

// stageWord says at which part of an exchange something happened.
func stageWord(stage cors.Stage) string {
	switch stage {
	case cors.StageRequest:
		return "before the request was sent"
	case cors.StagePreflight:
		return "at the preflight"
	case cors.StageRedirect:
		return "at a redirect"
	}
	return "at the answer"
}

// capitalized begins a sentence with a word.
func capitalized(text string) string {
	if text == "" {
		return ""
	}
	return strings.ToUpper(text[:1]) + text[1:]
}

// failedRow names the header row, or the status, whose value the verdict is
// about, as data-row and data-status name it.
func failedRow(v cors.Verdict) templ.Attributes {
	group := "response"
	switch {
	case v.Stage == "" || v.Stage == cors.StageRequest || v.Cause == cors.NoAnswer:
		return nil
	case v.Stage == cors.StagePreflight:
		group = "preflight"
	}
	if header := v.Cause.Header(); header != "" {
		return templ.Attributes{"data-row-failed": group + ":" + header}
	}
	return templ.Attributes{"data-status-failed": group}
}

// otherwise reports whether an engine does something else, not only says it.
func otherwise(mine, other cors.Verdict) bool {
	return mine.Outcome != other.Outcome || mine.Cause != other.Cause || mine.Stage != other.Stage || len(mine.Wire) != len(other.Wire)
}

// others sums up, above the fold, what the other engines and the standard do.
func others(j session.Judged) string {
	for _, other := range j.Others {
		if otherwise(j.Verdict, other) {
			return "Elsewhere: not everyone does this"
		}
	}
	if j.Verdict.Outcome == cors.Blocked {
		return "Elsewhere: blocked too, each in its own words"
	}
	return "Elsewhere: the same"
}

func outcomeOf(v cors.Verdict) string {
	switch {
	case v.Cause == cors.NoAnswer:
		return outcomeWord(v.Outcome) + ", no answer came"
	case v.Outcome == cors.Blocked:
		return outcomeWord(v.Outcome) + ", " + stageWord(v.Stage)
	}
	return outcomeWord(v.Outcome)
}

func stepTitle(s cors.Step) string {
	if s.Step == "" {
		return s.Section
	}
	return s.Section + ", step " + s.Step
}

func verdictAttributes(run int, v cors.Verdict) templ.Attributes {
	attributes := templ.Attributes{"data-run": strconv.Itoa(run), "data-engine": string(v.Engine), "data-cause": string(v.Cause), "data-stage": string(v.Stage)}
	for name, value := range failedRow(v) {
		attributes[name] = value
	}
	return attributes
}
