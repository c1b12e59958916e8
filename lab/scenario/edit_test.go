package scenario_test

import (
	stdcmp "cmp"
	"testing"

	"corslab/lab/policy"
	"corslab/lab/scenario"

	"github.com/google/go-cmp/cmp"
)

func TestAttempt_Difference(t *testing.T) {
	row := func(name, value string) policy.Header { return policy.Header{Name: name, Value: value} }
	off := func(name, value string) policy.Header { return policy.Header{Name: name, Value: value, Off: true} }
	rows := func(headers ...policy.Header) []policy.Header { return headers }
	for name, test := range map[string]struct {
		was, is []policy.Header
		want    []string
	}{
		"nothing":                             {rows(row("A", "1")), rows(row("A", "1")), nil},
		"a row is added":                      {rows(row("A", "1")), rows(row("A", "1"), row("B", "2")), []string{"+B: 2"}},
		"a row is removed":                    {rows(row("A", "1"), row("B", "2")), rows(row("A", "1")), []string{"-B: 2"}},
		"a row is switched on":                {rows(off("A", "1"), row("B", "2")), rows(row("A", "1"), row("B", "2")), []string{"+A: 1"}},
		"a row is switched off":               {rows(row("A", "1")), rows(off("A", "1")), []string{"-A: 1"}},
		"a value":                             {rows(row("A", "1")), rows(row("A", "2")), []string{"-A: 1 +A: 2"}},
		"the value of a row that is off":      {rows(off("A", "1")), rows(off("A", "2")), nil},
		"a row that is off is removed":        {rows(off("A", "1")), nil, nil},
		"switched off and edited at once":     {rows(row("A", "1")), rows(off("A", "2")), []string{"-A: 1"}},
		"a draft without a name":              {nil, rows(policy.Header{Value: "1", Own: true}), nil},
		"a value becomes empty":               {rows(row("A", "1")), rows(row("A", "")), []string{"-A: 1 +A: "}},
		"spaces around a value":               {rows(row("A", "1")), rows(row("A", " 1\t")), nil},
		"case of a value":                     {rows(row("A", "true")), rows(row("A", "True")), []string{"-A: true +A: True"}},
		"case of a name":                      {rows(row("x-token", "1")), rows(row("X-Token", "1")), nil},
		"case of a name, and the value":       {rows(row("x-token", "1")), rows(row("X-Token", "2")), []string{"-X-Token: 1 +X-Token: 2"}},
		"a row becomes the learner's own":     {rows(row("A", "1")), rows(policy.Header{Name: "A", Value: "1", Own: true}), nil},
		"another name":                        {rows(row("A", "1")), rows(row("B", "1")), []string{"+B: 1", "-A: 1"}},
		"order of names":                      {rows(row("A", "1"), row("B", "2")), rows(row("B", "2"), row("A", "1")), nil},
		"order of one name":                   {rows(row("A", "1"), row("a", "2")), rows(row("A", "2"), row("a", "1")), []string{"-A: 1", "+A: 1"}},
		"one more line of a name":             {rows(row("A", "1")), rows(row("A", "1"), row("A", "1")), []string{"+A: 1"}},
		"one less line of a name":             {rows(row("A", "1"), row("A", "2"), row("A", "3")), rows(row("A", "1"), off("A", "2"), row("A", "3")), []string{"-A: 2"}},
		"the first line of a name is removed": {rows(row("A", "1"), row("A", "2"), row("A", "3")), rows(row("A", "2"), row("A", "3"), row("A", "4")), []string{"-A: 1", "+A: 4"}},
		"one of several lines of a name":      {rows(row("A", "1"), row("A", "2"), row("A", "3")), rows(row("A", "1"), row("A", "x"), row("A", "3")), []string{"-A: 2 +A: x"}},
		"several in one place":                {rows(row("A", "1"), row("A", "2")), rows(row("A", "x"), row("A", "y"), row("A", "z")), []string{"-A: 1 +A: x", "-A: 2 +A: y", "+A: z"}},
		"lines are in the order of the rows":  {rows(off("A", "1"), row("B", "2"), off("C", "3")), rows(row("A", "1"), row("B", "x"), row("C", "3")), []string{"+A: 1", "-B: 2 +B: x", "+C: 3"}},
	} {
		t.Run(name, func(t *testing.T) {
			for _, group := range []string{"script", "preflight", "response"} {
				edits := attemptOf(group, test.is).Difference(attemptOf(group, test.was))
				if diff := cmp.Diff(test.want, texts(t, group, true, edits)); diff != "" {
					t.Errorf("%s (-want +got):\n%s", group, diff)
				}
			}
		})
	}
}

// TestAttempt_Difference_words changes everything other than headers, in all groups.
func TestAttempt_Difference_words(t *testing.T) {
	was := scenario.Attempt{
		Script: scenario.Script{Method: "GET", Mode: "cors", Credentials: "same-origin"},
		Policy: policy.Policy{Preflight: policy.Reply{Status: 204}, Response: policy.Reply{Status: 200}},
	}
	is := was
	is.Script.Method, is.Script.Mode, is.Script.Credentials = "PUT", "no-cors", "include"
	is.Policy.Preflight.Status, is.Policy.Response.Status = 404, 500
	edits := is.Difference(was)
	if len(edits) != 5 {
		t.Fatalf("%d edits, want 5: %v", len(edits), edits)
	}
	for group, want := range map[string][]string{
		"script":    {"-method: GET +method: PUT", "-mode: cors +mode: no-cors", "-credentials: same-origin +credentials: include"},
		"preflight": {"-status: 204 +status: 404"},
		"response":  {"-status: 200 +status: 500"},
	} {
		var ofGroup []scenario.Edit
		for _, e := range edits {
			if e.Field.InSection().String() == group {
				ofGroup = append(ofGroup, e)
			}
		}
		if diff := cmp.Diff(want, texts(t, group, false, ofGroup)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", group, diff)
		}
	}
	if edits := was.Difference(was); edits != nil {
		t.Errorf("difference of an attempt from itself: %v, want none", edits)
	}
}

// attemptOf is an attempt with headers in only one group.
func attemptOf(group string, headers []policy.Header) (a scenario.Attempt) {
	switch group {
	case "script":
		a.Script.Headers = headers
	case "preflight":
		a.Policy.Preflight.Headers = headers
	default:
		a.Policy.Response.Headers = headers
	}
	return a
}

// texts formats each edit with its old and new values.
func texts(t *testing.T, group string, header bool, edits []scenario.Edit) (texts []string) {
	t.Helper()
	for _, e := range edits {
		if e.Field.InSection().String() != group || (e.Header != "") != header {
			t.Errorf("edit %+v, want it of group %s, of a header: %t", e, group, header)
		}
		text, name := "", stdcmp.Or(e.Header, string(e.Field.Input))
		if e.Was != nil {
			text = "-" + name + ": " + *e.Was
		}
		if e.Was != nil && e.Is != nil {
			text += " "
		}
		if e.Is != nil {
			text += "+" + name + ": " + *e.Is
		}
		texts = append(texts, text)
	}
	return texts
}
