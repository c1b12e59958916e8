package conformance_test

import (
	"slices"
	"testing"

	"corslab/lab/cors"
	"corslab/web/browsers/conformance"
)

func TestCompare(t *testing.T) {
	judged := cors.Verdict{
		Engine: cors.Chromium, Outcome: cors.Blocked, Cause: cors.PreflightStatus, ReadableHeaders: []string{},
		Wire:  []cors.WireRequest{{Method: "OPTIONS", URL: "http://localhost:8000/", Asked: new("PUT"), Headers: new("")}},
		Error: "PreflightInvalidStatus",
	}
	observed := func(change func(*conformance.Observation)) conformance.Observation {
		o := conformance.Observation{
			Outcome: cors.Blocked, ReadableHeaders: []string{}, Error: new("PreflightInvalidStatus"), FailedParameter: new(""),
			Wire: []cors.WireRequest{{Method: "OPTIONS", URL: "http://localhost:8000/", Asked: new("PUT"), Headers: new("")}},
		}
		change(&o)
		return o
	}
	for name, test := range map[string]struct {
		change func(*conformance.Observation)
		want   []string
	}{
		"the same":       {func(*conformance.Observation) {}, nil},
		"a generic line": {func(o *conformance.Observation) { o.Console = "Failed to load resource: net::ERR_FAILED" }, nil},
		"another status": {func(o *conformance.Observation) { o.Status = 200 }, []string{"status: judged 0, observed 200"}},
		"another line":   {func(o *conformance.Observation) { o.Console = "x" }, []string{`console: judged "", observed "x"`}},
		"another name":   {func(o *conformance.Observation) { o.Error = new("") }, []string{`error: judged "PreflightInvalidStatus", observed ""`}},
		"no names":       {func(o *conformance.Observation) { o.Error, o.FailedParameter = nil, nil }, nil},
		"another wire": {
			func(o *conformance.Observation) { o.Wire = nil },
			[]string{`wire: judged [{"method":"OPTIONS","url":"http://localhost:8000/","origin":"","access_control_request_method":"PUT","access_control_request_headers":""}], observed null`},
		},
	} {
		t.Run(name, func(t *testing.T) {
			if got := conformance.Compare(judged, observed(test.change)); !slices.Equal(got, test.want) {
				t.Errorf("Compare() = %q, want %q", got, test.want)
			}
		})
	}
}
