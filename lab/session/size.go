package session

import (
	"corslab/lab/cors"
	"corslab/lab/policy"
	"corslab/lab/scenario"
	"corslab/lab/wire"
)

// Sizes of things in bytes, apart from their texts.
const (
	overhead        = wire.LineOverhead // a header line, or another element of a list
	entryOverhead   = 1 << 10           // an entry
	verdictOverhead = 1 << 10           // a verdict
)

// size estimates the bytes that this entry uses. Data that entries share, such as a
// policy's headers, counts in each.
func (e Entry) size() int {
	switch {
	case e.Started != nil:
		return entryOverhead + len(e.Started.Origin) + sizeOfScript(e.Started.Script)
	case e.Received != nil:
		return entryOverhead + e.Received.size()
	case e.Settled != nil:
		return entryOverhead + e.Settled.size()
	}
	return entryOverhead
}

func (r Received) size() int {
	size := sizeOf(r.Request.Method, r.Request.URL, r.Effect, string(r.Via)) + cap(r.Request.Body) + r.Response.Body.Len()
	if r.Asked != nil {
		size += sizeOf(r.Asked.Method, r.Asked.Headers)
	}
	size += overhead*len(r.Withheld) + sizeOf(r.Withheld...)
	return size + r.Request.Headers.Size() + r.Response.Headers.Size()
}

// size leaves out the goal's facts, because they belong to the scenario.
func (s Settled) size() int {
	size := s.Report.size() + sizeOfScript(s.Script) + s.Change.size() + s.Judged.size()
	for _, sent := range s.Sent {
		size += overhead + sizeOf(sent.Method, sent.Effect)
	}
	for _, never := range s.NeverSent {
		size += overhead + len(never.Method)
	}
	return size + overhead*len(s.Goal)
}

func (c Change) size() int {
	size := sizeOfAttempt(c.Attempt)
	for _, edit := range c.Edits {
		size += overhead + sizeOf(string(edit.Field.Section), string(edit.Field.Group.Kind), string(edit.Field.Input), edit.Header)
		for _, value := range []*string{edit.Was, edit.Is} {
			if value != nil {
				size += len(*value)
			}
		}
	}
	return size
}

// size estimates the bytes that a Judged uses.
func (j Judged) size() int {
	size := sizeOfVerdict(j.Verdict) + overhead*len(j.Differs) + sizeOf(j.Differs...) + len(j.Beyond)
	for _, other := range j.Others {
		size += sizeOfVerdict(other)
	}
	return size
}

func sizeOfVerdict(v cors.Verdict) int {
	size := verdictOverhead + overhead*(len(v.ReadableHeaders)+len(v.Wire)+len(v.Steps))
	size += sizeOf(v.ID, v.Missing, string(v.Type), v.Error, v.FailedParameter, v.Console) + sizeOf(v.ReadableHeaders...)
	for _, w := range v.Wire {
		size += sizeOf(w.Method, w.URL, w.Origin)
		for _, text := range []*string{w.Asked, w.Headers} {
			if text != nil {
				size += len(*text)
			}
		}
	}
	for _, step := range v.Steps {
		size += sizeOf(step.Section, step.Step, step.Found, step.Expected, step.Text)
	}
	return size
}

func sizeOfAttempt(a scenario.Attempt) int {
	size := sizeOfScript(a.Script)
	if a.Shape != nil {
		size += sizeOfShape(*a.Shape)
	}
	for _, route := range a.Policy.Routes {
		size += overhead + len(route.URL)
	}
	for _, g := range a.Policy.Groups() {
		size += sizeOfRows(a.Policy.Reply(g).Headers)
	}
	return size
}

func sizeOfShape(s scenario.Shape) int {
	size := overhead + sizeOf(string(s.From), string(s.In), string(s.Kind), s.URL.API, s.URL.Path, string(s.Redirect), string(s.Body), s.Text)
	for _, address := range s.Routes {
		size += overhead + sizeOf(address.API, address.Path)
	}
	return size
}

func sizeOfScript(s scenario.Script) int {
	size := sizeOf(s.Words()...) + sizeOf(s.URL, string(s.Body.Kind), s.Body.Text)
	for _, pair := range s.Body.Form {
		size += overhead + sizeOf(pair...)
	}
	return size + sizeOfRows(s.Headers)
}

func sizeOfRows(rows []policy.Header) (size int) {
	for _, h := range rows {
		size += overhead + sizeOf(h.Name, h.Value)
	}
	return size
}

// sizeOf is the total length of the texts.
func sizeOf(texts ...string) (size int) {
	for _, text := range texts {
		size += len(text)
	}
	return size
}
