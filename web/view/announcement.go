package view

import (
	"fmt"
	"strings"

	"corslab/lab/cors"
	"corslab/lab/session"
)

// announced describes in a few short sentences how a run ended. It uses the words that
// the page shows and never a name from a scenario file, such as allow-origin-missing,
// because screen reader users should hear what others see.
func announced(run int, s session.Settled) string {
	sentences := append(endOf(run, s), arrivals(len(s.Sent)))
	if len(s.Judged.Differs) > 0 {
		sentences = append(sentences, "The judge expected otherwise.")
	}
	if s.NewlySolved {
		sentences = append(sentences, solvedNow)
	}
	return strings.Join(sentences, " ")
}

// solvedNow ends the announcement of the run that reaches the goal.
const solvedNow = "The scenario is solved."

// endOf describes the outcome, with the reason if the judge knows it.
func endOf(run int, s session.Settled) []string {
	switch {
	case s.Report.Failed == session.FailedTime:
		return []string{fmt.Sprintf("Run %d: no answer came in time.", run)}
	case s.Report.Failed == session.FailedBody:
		return []string{fmt.Sprintf("Run %d: the body of the answer could not be read.", run)}
	case s.Outcome == cors.Readable && s.Script.Kind.GivesResponse():
		return []string{fmt.Sprintf("Run %d: the script can read the answer.", run)}
	case s.Outcome == cors.Readable:
		return []string{fmt.Sprintf("Run %d: the page can read what came.", run)}
	case s.Outcome == cors.Opaque:
		return []string{fmt.Sprintf("Run %d: the answer is opaque.", run)}
	case s.Outcome == cors.OpaqueRedirect:
		return []string{fmt.Sprintf("Run %d: the answer is an opaque redirect.", run)}
	}
	return blockedFor(run, s.Judged)
}

func blockedFor(run int, j session.Judged) []string {
	switch v := j.Verdict; {
	case !j.Compared && j.Beyond != "":
		return []string{fmt.Sprintf("Run %d was blocked, and not by CORS.", run)}
	case asJudged(j) && v.Outcome == cors.Blocked:
		return []string{fmt.Sprintf("Run %d was blocked.", run), v.Cause.SummaryAt(v.Stage)}
	}
	return []string{fmt.Sprintf("Run %d was blocked.", run)}
}

func arrivals(requests int) string {
	switch requests {
	case 0:
		return "No request reached the server."
	case 1:
		return "1 request reached the server."
	}
	return fmt.Sprintf("%d requests reached the server.", requests)
}
