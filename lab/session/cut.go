package session

import (
	"slices"
	"strings"

	"corslab/lab/cors"
	"corslab/lab/inert"
	"corslab/lab/internal/phrase"
	"corslab/lab/scenario"
	"corslab/lab/wire"
)

// Cut says which parts of an entry the journal no longer keeps.
type Cut struct {
	Bodies bool // the bodies, and what the script could read
	Texts  bool // the rest of long texts, and lines beyond the first ones
}

// Bounds on the texts of an entry that stay in the journal, in bytes.
const (
	maxTarget  = 2 << 10  // of a method and of a URL
	maxTexts   = 16 << 10 // of all of them together
	maxValue   = 4 << 10  // of one header value; a policy's can't be longer
	shortTexts = 2 << 10  // the same for an entry whose texts are cut
	shortValue = 128
	shortURL   = 192 // includes the session and the run
	shortList  = 16  // elements of a list in it
	cutMark    = " [cut]"
)

// bounded returns the request as the journal stores it. A client can send any headers
// that the server accepts.
func (r Received) bounded() *Received {
	r.Request.Method, r.Request.URL = shorten(r.Request.Method, maxTarget), shorten(r.Request.URL, maxTarget)
	if r.Asked != nil {
		r.Asked = &wire.Asked{Method: shorten(r.Asked.Method, maxTarget), Headers: shorten(r.Asked.Headers, maxValue)}
	}
	if r.Request.Headers.Size() > maxTexts {
		r.Request.Headers, r.Cut.Texts = shortHeaders(r.Request.Headers, maxValue, maxTexts), true
	}
	return &r
}

// withoutBodies is a copy of the entry without its largest parts.
func (e Entry) withoutBodies() Entry {
	switch {
	case e.Received != nil && len(e.Received.Request.Body)+e.Received.Response.Body.Len() > 0:
		r := *e.Received
		r.Cut.Bodies = true
		r.Request.Body, r.Response.Body = nil, inert.Body{}
		e.Received = &r
	case e.Settled != nil && (e.Settled.Report.Body != "" || len(e.Settled.Report.Headers) > 0):
		s := *e.Settled
		s.Cut.Bodies = true
		s.Report.Body, s.Report.Headers = "", nil
		e.Settled = &s
	}
	return e
}

// cutShort is a copy of the entry without bodies and with only the beginning of
// each long text.
func (e Entry) cutShort() Entry {
	if e.short {
		return e
	}
	e = e.withoutBodies()
	e.short = true
	switch {
	case e.Started != nil:
		s := *e.Started
		s.Script, s.Cut.Texts = shortScript(s.Script), true
		e.Started = &s
	case e.Received != nil:
		r := *e.Received
		r.Request.Headers, r.Response.Headers = shortHeaders(r.Request.Headers, shortValue, shortTexts), shortHeaders(r.Response.Headers, shortValue, shortTexts)
		r.Request.URL, r.Request.Method, r.Effect = shorten(r.Request.URL, shortURL), shorten(r.Request.Method, shortValue), shorten(r.Effect, shortValue)
		if r.Asked != nil {
			r.Asked = &wire.Asked{Method: shorten(r.Asked.Method, shortValue), Headers: shorten(r.Asked.Headers, shortValue)}
		}
		r.Cut.Texts = true
		e.Received = &r
	case e.Settled != nil:
		e.Settled = e.Settled.cutShort()
	}
	return e
}

// cutShort keeps the attempt, because the page needs it to go back to the run.
func (s Settled) cutShort() *Settled {
	s.Report.Error, s.Cut.Texts = shorten(s.Report.Error, shortValue), true
	s.Script = shortScript(s.Script)
	s.Change.Edits = slices.Clone(s.Change.Edits[:min(len(s.Change.Edits), shortList)])
	for i, edit := range s.Change.Edits {
		for _, value := range []**string{&edit.Was, &edit.Is} {
			if *value != nil {
				*value = new(shorten(**value, shortValue))
			}
		}
		s.Change.Edits[i] = edit
	}
	s.Sent, s.NeverSent = slices.Clone(s.Sent[:min(len(s.Sent), shortList)]), slices.Clone(s.NeverSent[:min(len(s.NeverSent), shortList)])
	for i := range s.Sent {
		s.Sent[i].Method, s.Sent[i].Effect = shorten(s.Sent[i].Method, shortValue), shorten(s.Sent[i].Effect, shortValue)
	}
	for i := range s.NeverSent {
		s.NeverSent[i].Method = shorten(s.NeverSent[i].Method, shortValue)
	}
	s.Judged = s.Judged.cutShort()
	return &s
}

func (j Judged) cutShort() Judged {
	j.Verdict = shortVerdict(j.Verdict)
	j.Others = slices.Clone(j.Others)
	for i, other := range j.Others {
		j.Others[i] = shortVerdict(other)
	}
	j.Differs = shortAll(j.Differs)
	return j
}

func shortVerdict(v cors.Verdict) cors.Verdict {
	v.Console, v.FailedParameter = shorten(v.Console, 4*shortValue), shorten(v.FailedParameter, shortValue)
	v.ReadableHeaders = shortAll(v.ReadableHeaders[:min(len(v.ReadableHeaders), shortList)])
	v.Wire, v.Steps = slices.Clone(v.Wire), slices.Clone(v.Steps)
	for i, w := range v.Wire {
		v.Wire[i].Method, v.Wire[i].URL = shorten(w.Method, shortValue), shorten(w.URL, 2*shortValue)
		if w.Headers != nil {
			v.Wire[i].Headers = new(shorten(*w.Headers, shortValue))
		}
	}
	for i, step := range v.Steps {
		v.Steps[i].Found, v.Steps[i].Expected, v.Steps[i].Text = shorten(step.Found, shortValue), shorten(step.Expected, shortValue), shorten(step.Text, shortValue)
	}
	return v
}

func shortScript(s scenario.Script) scenario.Script {
	s.Headers, s.Body.Text, s.Body.Form = nil, "", nil
	s.URL, s.Method = shorten(s.URL, maxTarget), shorten(s.Method, shortValue)
	return s
}

// shortHeaders limits the bytes of each value, and of all lines together.
func shortHeaders(headers wire.Headers, value, all int) (short wire.Headers) {
	for _, line := range headers {
		line.Value = shorten(line.Value, value)
		if all -= wire.LineOverhead + len(line.Name) + len(line.Value); all < 0 {
			return short
		}
		short = append(short, line)
	}
	return short
}

func shortAll(texts []string) []string {
	texts = slices.Clone(texts)
	for i, text := range texts {
		texts[i] = shorten(text, shortValue)
	}
	return texts
}

// shorten cuts a long text and marks the cut. It copies the text, because a
// substring would keep the whole text in memory.
func shorten(text string, longest int) string {
	if short := phrase.FirstBytes(text, longest); len(short) < len(text) {
		return strings.Clone(short) + cutMark
	}
	return text
}
