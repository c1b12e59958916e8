package scenario_test

import (
	"fmt"
	"strings"
	"testing"

	"corslab/lab/policy"
	"corslab/lab/scenario"
)

// field is the field with a name: what [scenario.Field.String] gives.
func field(name string) (f scenario.Field) {
	section, input, _ := strings.Cut(name, ".")
	f.Input = scenario.Input(input)
	section, row, ofRow := strings.Cut(section, ":")
	if ofRow {
		scan(row, &f.Row)
		f.Row++
	}
	kind, route, routed := strings.Cut(section, "-")
	number := 0
	if routed {
		scan(route, &number)
	}
	switch g := (policy.Group{Route: number, Kind: policy.GroupKind(kind)}); g.Kind {
	case policy.Preflight, policy.Response, policy.InFront:
		f.Section, f.Group = scenario.SectionReply, g
	default:
		f.Section, f.Route = scenario.Section(kind), number
	}
	return f
}

func scan(text string, number *int) {
	if _, err := fmt.Sscan(text, number); err != nil {
		panic(err) // the test is wrong
	}
}

func TestField(t *testing.T) {
	routed := scenario.InReply(policy.Group{Route: 2, Kind: policy.Response}, "")
	for name, want := range map[string]scenario.Field{
		"attempt":                {Section: scenario.SectionAttempt},
		"policy":                 {Section: scenario.SectionPolicy},
		"script.mode":            {Section: scenario.SectionScript, Input: "mode"},
		"script:0":               {Section: scenario.SectionScript, Row: 1},
		"shape.path":             {Section: scenario.SectionShape, Input: scenario.InputPath},
		"route-2.path":           {Section: scenario.SectionRoute, Route: 2, Input: scenario.InputPath},
		"response-2":             routed,
		"response-2:39":          routed.AtRow(39),
		"response-2.status":      routed.Named(scenario.InputStatus),
		"front:1":                scenario.InReply(policy.Group{Kind: policy.InFront}, "").AtRow(1),
		"account.same_site":      {Section: scenario.SectionAccount, Input: scenario.InputSameSite},
		"cache":                  {Section: scenario.SectionCache},
		"preflight.delay":        scenario.InReply(policy.Group{Kind: policy.Preflight}, scenario.InputDelay),
		"script.upload_listener": {Section: scenario.SectionScript, Input: "upload_listener"},
	} {
		if got := want.String(); got != name {
			t.Errorf("String() = %q, want %q", got, name)
		}
		if got := field(name); got != want {
			t.Errorf("field(%q) = %+v, want %+v", name, got, want)
		}
	}
}
