package cors

import "strings"

// Sentence says in plain words what became of the exchange and why, with the
// values that were found and expected.
func (v Verdict) Sentence() string {
	switch v.Outcome {
	case Readable:
		return v.readableSentence()
	case Opaque:
		return "The request was sent in mode no-cors: the script gets an opaque answer, without status, headers and body."
	case OpaqueRedirect:
		return "The server redirects, and the script asked not to follow: it learns that there was a redirect, and no more."
	case Unknown:
		return "It depends on an answer that is not known: " + v.Missing + "."
	}
	return v.blockedSentence()
}

func (v Verdict) readableSentence() string {
	if v.Type == "basic" {
		return "The URL has the page's own origin, so the script can read all of the answer."
	}
	if len(v.Wire) > 0 && v.Wire[0].Asked != nil {
		return "The server allowed the request in the preflight and its answer to this origin, so the script can read it."
	}
	return "The server's answer allows this origin, so the script can read it."
}

// blockedSentence is the summary of the cause, with what the last step found.
func (v Verdict) blockedSentence() string {
	sentence := v.Cause.Summary()
	if v.Stage == StagePreflight {
		sentence = strings.Replace(sentence, "The answer has", "The answer to the preflight has", 1)
	}
	if len(v.Steps) == 0 {
		return sentence
	}
	last := v.Steps[len(v.Steps)-1]
	switch v.Cause {
	case AllowOriginMissing, NoAnswer, AllowOriginWildcard:
		return sentence
	}
	return sentence + " Found: " + orNothing(last.Found) + "; expected: " + last.Expected + "."
}

// orNothing puts what was found into words where it is empty.
func orNothing(found string) string {
	if found == "" {
		return "nothing"
	}
	return found
}
