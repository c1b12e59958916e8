package view

import (
	"strconv"
	"strings"

	"corslab/lab/cors"
	"corslab/lab/session"

	"github.com/a-h/templ"
)

// engineName is the name of an engine's browser, which people know better.
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

// stageWord names the part of an exchange.
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

// capitalized changes the first letter to upper case.
func capitalized(text string) string {
	if text == "" {
		return ""
	}
	return strings.ToUpper(text[:1]) + text[1:]
}

// differs reports whether another engine's verdict differs in substance, not only in
// its message.
func differs(mine, other cors.Verdict) bool {
	return mine.Outcome != other.Outcome || mine.Cause != other.Cause || mine.Stage != other.Stage || len(mine.Wire) != len(other.Wire)
}

// others sums up in one line what the other engines and the standard do.
func others(j session.Judged) string {
	for _, other := range j.Others {
		if differs(j.Verdict, other) {
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
	case v.Cause == cors.NoResponse:
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

func verdictAttributes(run int, j session.Judged) templ.Attributes {
	attributes := templ.Attributes{
		"data-run": strconv.Itoa(run), "data-engine": string(j.Verdict.Engine),
		"data-cause": string(j.Verdict.Cause), "data-stage": string(j.Verdict.Stage),
	}
	if failed, ok := failedAt(j); ok {
		attributes[failed.mark()] = failed.at()
		attributes["data-group-failed"] = failed.group.String()
	}
	return attributes
}
