package view

import (
	"fmt"
	"strconv"

	"corslab/lab/cors"
	"corslab/lab/session"

	"github.com/a-h/templ"
)

func engineName(e cors.Engine) string {
	switch e {
	case cors.Chromium:
		return "Chromium"
	case cors.Firefox:
		return "Firefox"
	case cors.WebKit:
		return "WebKit (Safari)"
	}
	return "The Fetch standard"
}

// failedRow names the header row, or the status, whose value the verdict is
// about, as data-row and data-status name it.
func failedRow(v cors.Verdict) templ.Attributes {
	group := "response"
	switch v.Stage {
	case "", cors.StageRequest:
		return nil
	case cors.StagePreflight:
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

// others sums up, above the fold, what the other engines do.
func others(j session.Judged) string {
	for _, other := range j.Others {
		if otherwise(j.Verdict, other) {
			return "In other browsers: not all do the same"
		}
	}
	if j.Verdict.Outcome == cors.Blocked {
		return "In other browsers: the same, in other words"
	}
	return "In other browsers: the same"
}

func outcomeOf(v cors.Verdict) string {
	if v.Outcome == cors.Blocked {
		return fmt.Sprintf("%s, at the %s", outcomeWord(v.Outcome), v.Stage)
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
