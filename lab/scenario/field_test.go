package scenario_test

import (
	"testing"

	"corslab/lab/policy"
	"corslab/lab/scenario"
)

// field returns the field with a name.
func field(name string) scenario.Field {
	f, err := scenario.ParseField(name)
	if err != nil {
		panic(err) // the test is wrong
	}
	return f
}

func TestField(t *testing.T) {
	routed := scenario.InReply(policy.Group{Route: 2, Kind: policy.Response}, "")
	for name, want := range map[string]scenario.Field{
		"attempt":                {Section: scenario.SectionAttempt},
		"policy":                 {Section: scenario.SectionPolicy},
		"script.mode":            {Section: scenario.SectionScript, Name: "mode"},
		"script:0":               {Section: scenario.SectionScript, Row: 1},
		"shape.path":             {Section: scenario.SectionShape, Name: "path"},
		"place-2.path":           {Section: scenario.SectionRoute, Route: 2, Name: "path"},
		"response-2":             routed,
		"response-2:39":          routed.AtRow(39),
		"response-2.status":      routed.Named("status"),
		"front:1":                scenario.InReply(policy.Group{Kind: policy.InFront}, "").AtRow(1),
		"account.same_site":      {Section: scenario.SectionAccount, Name: "same_site"},
		"cache":                  {Section: scenario.SectionCache},
		"preflight.delay":        scenario.InReply(policy.Group{Kind: policy.Preflight}, "delay"),
		"script.upload_listener": {Section: scenario.SectionScript, Name: "upload_listener"},
	} {
		if got := want.String(); got != name {
			t.Errorf("String() = %q, want %q", got, name)
		}
		if got, err := scenario.ParseField(name); got != want || err != nil {
			t.Errorf("ParseField(%q) = %+v, %v, want %+v", name, got, err, want)
		}
	}
	for _, bad := range []string{"", "answer", "reply", "response-0", "response-01", "response:x", "response:-1", "place-0", "place", "script.", "response:", "response.status:1"} {
		if got, err := scenario.ParseField(bad); err == nil {
			t.Errorf("ParseField(%q) = %+v, want an error", bad, got)
		}
	}
}
