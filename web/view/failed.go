package view

import (
	"cmp"

	"corslab/lab/cors"
	"corslab/lab/policy"
	"corslab/lab/session"
)

// failed is the part of the policy that a verdict is about: a header or the status, with
// what the last step of the trace found and expected there.
type failed struct {
	group           policy.Group
	header          string // "" for the status
	found, expected string
}

// failedAt returns the part that the verdict is about. It returns none if the browser
// didn't do what the judge predicted, because then the cause is unknown.
func failedAt(j session.Judged) (f failed, ok bool) {
	v := j.Verdict
	if len(j.Differs) > 0 || v.Stage == "" || v.Stage == cors.StageRequest || v.Cause == cors.NoResponse || len(v.Steps) == 0 {
		return failed{}, false
	}
	last := v.Steps[len(v.Steps)-1]
	f = failed{group: policy.Group{Route: j.Route, Kind: policy.Response}, header: v.Cause.Header(), found: last.Found, expected: last.Expected}
	if v.Stage == cors.StagePreflight {
		f.group.Kind = policy.Preflight
	}
	if f.found == "no "+f.header {
		f.found = "" // the row names the header already
	}
	return f, true
}

// mark is the attribute by which the page finds the row or status that failed.
func (f failed) mark() string {
	if f.header == "" {
		return "data-status-failed"
	}
	return "data-row-failed"
}

// at is the value of mark, in the form that data-row or data-status uses.
func (f failed) at() string {
	if f.header == "" {
		return f.group.String()
	}
	return f.group.String() + ":" + f.header
}

// what names the header or the status, for a header that has no row.
func (f failed) what() string { return cmp.Or(f.header, "Status") }
