package view

import (
	"fmt"
	"strings"

	"corslab/lab/cors"
	"corslab/lab/session"
)

// announced says in short how a run ended.
func announced(run int, s session.Settled) string {
	sentences := []string{fmt.Sprintf("Run %d: %s.", run, endOf(s)), arrivals(len(s.Sent))}
	if len(s.Judged.Differs) > 0 {
		sentences = append(sentences, "The judge expected otherwise.")
	}
	if s.SolvedAnew {
		sentences = append(sentences, "Solved.")
	}
	return strings.Join(sentences, " ")
}

// endOf names the outcome, with the reason where the judge knows it.
func endOf(s session.Settled) string {
	switch {
	case s.Report.Failed == session.FailedTime:
		return "no answer came in time"
	case s.Report.Failed == session.FailedBody:
		return "the body of the answer could not be read"
	case s.Outcome == cors.Blocked && s.Judged.Compared && len(s.Judged.Differs) == 0:
		return fmt.Sprintf("blocked %s, %s", stageWord(s.Judged.Verdict.Stage), s.Judged.Verdict.Cause)
	}
	return strings.ToLower(outcomeWord(s.Outcome))
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
