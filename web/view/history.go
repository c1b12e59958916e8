package view

import (
	"encoding/json"
	"fmt"
	"strings"

	"corslab/lab/cors"
	"corslab/lab/policy"
	"corslab/lab/scenario"
	"corslab/lab/session"
)

func runID(number int) string { return fmt.Sprintf("run-%d", number) }

func runName(number int) string { return fmt.Sprintf("Run %d", number) }

// attemptJSON encodes an attempt. The page sends it back to restore that attempt.
func attemptJSON(a scenario.Attempt) (string, error) {
	encoded, err := json.Marshal(a)
	return string(encoded), err
}

// runWord says in a few words how a run ended.
func runWord(s session.Settled) string {
	switch {
	case s.Report.Failed == session.FailedTime:
		return "No answer in time"
	case s.Report.Failed == session.FailedBody:
		return "Body not readable"
	case len(s.Judged.Differs) > 0:
		return outcomeWord(s.Outcome) + ", not as judged"
	}
	return outcomeWord(s.Outcome)
}

// runCause names the cause if the browser did what the judge predicted. Otherwise the
// cause is unknown.
func runCause(s session.Settled) string {
	if s.Outcome != cors.Blocked || !asJudged(s.Judged) {
		return ""
	}
	return string(s.Judged.Verdict.Cause)
}

func asJudged(j session.Judged) bool { return j.Compared && len(j.Differs) == 0 }

// why explains the result of a run.
func why(s session.Settled) string {
	switch {
	case asJudged(s.Judged):
		return s.Judged.Verdict.Sentence()
	case len(s.Judged.Differs) > 0:
		return "Not known. The judge expected otherwise: " + strings.Join(s.Judged.Differs, "; ") + "."
	}
	return insight(s)
}

// longestText bounds a body in the history, in characters.
const longestText = 200

// scriptGot lists what the script got.
func scriptGot(s session.Settled) []string {
	if s.Outcome == cors.Blocked {
		return []string{s.Report.Error}
	}
	texts := []string{fmt.Sprintf("type %s, status %d", s.Report.Type, s.Report.Status)}
	if s.Outcome != cors.Readable {
		return texts
	}
	if s.Cut.Bodies {
		return append(texts, "headers and body: no longer kept")
	}
	for _, pair := range s.Report.Headers {
		texts = append(texts, pair[0]+": "+pair[1])
	}
	return append(texts, shortened(s.Report.Body))
}

func shortened(text string) string {
	runes := []rune(text)
	if len(runes) <= longestText {
		return text
	}
	return string(runes[:longestText]) + " …"
}

// reached lists the requests that reached the API, and those that were never sent.
func reached(s session.Settled) (texts []string) {
	for _, sent := range s.Sent {
		text := fmt.Sprintf("%s, answered with %d", sent.Method, sent.Status)
		if sent.Preflight {
			text += ", the preflight"
		}
		if sent.Effect != "" {
			text += "; took effect: " + sent.Effect
		}
		texts = append(texts, text)
	}
	if s.Judged.PreflightCached {
		texts = append(texts, "No preflight: the browser remembered the answer to an earlier one")
	}
	for _, never := range s.NeverSent {
		texts = append(texts, never.Method+" was never sent")
	}
	if len(texts) == 0 {
		return []string{"Nothing"}
	}
	return texts
}

// since names the run that this one is compared with, and says if nothing changed.
func since(c session.Change) string {
	switch base := fmt.Sprintf("run %d", c.Since); {
	case len(c.Edits) == 0 && c.Since == 0:
		return "As at the scenario's start."
	case len(c.Edits) == 0:
		return "Since " + base + " nothing changed."
	case c.Since == 0:
		return "Since the scenario's start:"
	default:
		return "Since " + base + ":"
	}
}

// editGroup is the edits of one group, with its title.
type editGroup struct {
	title string
	edits []scenario.Edit
}

// byGroup groups edits that follow each other.
func byGroup(p policy.Policy, edits []scenario.Edit) (groups []editGroup) {
	for _, e := range edits {
		title := editTitle(p, e.Field.InSection())
		if len(groups) == 0 || groups[len(groups)-1].title != title {
			groups = append(groups, editGroup{title: title})
		}
		last := &groups[len(groups)-1]
		last.edits = append(last.edits, e)
	}
	return groups
}

func editTitle(p policy.Policy, in scenario.Field) string {
	switch {
	case in.Section == scenario.SectionScript, in.Section == scenario.SectionShape:
		return "The request"
	case in == scenario.InReply(policy.Group{Kind: policy.Preflight}, ""):
		return "The answer to the preflight"
	case in == scenario.InReply(policy.Group{Kind: policy.Response}, ""):
		return "The answer to the request itself"
	case in.Section == scenario.SectionAccount:
		return "The account"
	case in.Section == scenario.SectionCache:
		return "The shared cache"
	}
	return groupTitle(p, in.Group)
}

// editText writes a header as it is sent, and an input with its label.
func editText(e scenario.Edit, value string) string {
	switch {
	case e.Header != "":
		return printable(e.Header + ": " + value)
	case e.Field.Input == scenario.InputStatus:
		return "Status " + value
	}
	return printable(inputLabel(e.Field) + ": " + value)
}
