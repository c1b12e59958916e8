package cors

// Sentence says in plain words how the exchange ended and why, with the actual and
// expected values.
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
	if v.sameOrigin {
		return "The URL has the page's own origin, so the script can read all of the answer."
	}
	if len(v.Wire) > 0 && v.Wire[0].Preflight() {
		return "The server allowed the request in the preflight and its answer to this origin, so the script can read it."
	}
	return "The server's answer allows this origin, so the script can read it."
}

// blockedSentence is the summary of the cause, with the values of the last step
// unless the summary already says everything.
func (v Verdict) blockedSentence() string {
	sentence := v.Cause.SummaryAt(v.Stage)
	if v.Cause.row().full {
		return sentence
	}
	last := v.Steps[len(v.Steps)-1]
	found := last.Found
	if found == "" {
		found = "nothing"
	}
	return sentence + " Found: " + found + "; expected: " + last.Expected + "."
}
