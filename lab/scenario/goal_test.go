package scenario_test

import (
	"testing"

	"corslab/lab/cors"
	"corslab/lab/scenario"
	"corslab/lab/scenario/scenariotest"
)

func TestFact_Holds(t *testing.T) {
	readable := scenario.Fact{Outcome: cors.Readable}
	sent := scenario.Fact{Sent: []string{"OPTIONS", "PUT"}}
	nothing := scenario.Fact{Sent: []string{}}
	shows := scenario.Fact{Shows: []string{"X-Custom", "ETag"}}
	tests := map[string]struct {
		fact scenario.Fact
		seen scenario.Observed
		want bool
	}{
		"the outcome":                 {readable, scenario.Observed{Role: scenario.Main, Outcome: cors.Readable}, true},
		"another outcome":             {readable, scenario.Observed{Role: scenario.Main, Outcome: cors.Opaque}, false},
		"no outcome":                  {readable, scenario.Observed{Role: scenario.Main}, false},
		"exactly these methods":       {sent, scenario.Observed{Role: scenario.Main, Sent: []string{"OPTIONS", "PUT"}}, true},
		"another order":               {sent, scenario.Observed{Role: scenario.Main, Sent: []string{"PUT", "OPTIONS"}}, false},
		"one method less":             {sent, scenario.Observed{Role: scenario.Main, Sent: []string{"OPTIONS"}}, false},
		"one method more":             {sent, scenario.Observed{Role: scenario.Main, Sent: []string{"OPTIONS", "PUT", "GET"}}, false},
		"the case of methods matters": {sent, scenario.Observed{Role: scenario.Main, Sent: []string{"OPTIONS", "put"}}, false},
		"nothing was to be sent":      {nothing, scenario.Observed{Role: scenario.Main}, true},
		"something was sent":          {nothing, scenario.Observed{Role: scenario.Main, Sent: []string{"GET"}}, false},
		"the headers, in any case":    {shows, scenario.Observed{Role: scenario.Main, Readable: []string{"etag", "content-type", "x-custom"}}, true},
		"one header is hidden":        {shows, scenario.Observed{Role: scenario.Main, Readable: []string{"content-type", "x-custom"}}, false},
		"all headers are hidden":      {shows, scenario.Observed{Role: scenario.Main, Outcome: cors.Readable}, false},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			if got := test.fact.Holds([]scenario.Observed{test.seen}); got != test.want {
				t.Errorf("Holds(%v) = %v, want %v", test.seen, got, test.want)
			}
		})
	}
}

func TestFact_Text(t *testing.T) {
	tests := map[string]struct {
		fact scenario.Fact
		want string
	}{
		"readable":       {scenario.Fact{Outcome: cors.Readable}, "The script can read the answer"},
		"another result": {scenario.Fact{Outcome: cors.Blocked}, "The script cannot read the answer"},
		"nothing sent":   {scenario.Fact{Sent: []string{}}, "Nothing is sent"},
		"one method":     {scenario.Fact{Sent: []string{"PUT"}}, "The server receives PUT and nothing else"},
		"two methods":    {scenario.Fact{Sent: []string{"OPTIONS", "PUT"}}, "The server receives OPTIONS, then PUT and nothing else"},
		"one header":     {scenario.Fact{Shows: []string{"ETag"}}, "The script can read the header ETag"},
		"two headers":    {scenario.Fact{Shows: []string{"ETag", "X-Custom"}}, "The script can read the header ETag and X-Custom"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			if got := test.fact.Text(scenariotest.Origins(t)); got != test.want {
				t.Errorf("Text() = %q, want %q", got, test.want)
			}
		})
	}
}

func TestScenario_Solved(t *testing.T) {
	s := &scenario.Scenario{Goal: []scenario.Fact{{Outcome: cors.Readable}, {Sent: []string{"GET"}}}}
	tests := map[string]struct {
		seen scenario.Observed
		want bool
	}{
		"both facts":      {scenario.Observed{Role: scenario.Main, Outcome: cors.Readable, Sent: []string{"GET"}}, true},
		"the first only":  {scenario.Observed{Role: scenario.Main, Outcome: cors.Readable}, false},
		"the second only": {scenario.Observed{Role: scenario.Main, Outcome: cors.Blocked, Sent: []string{"GET"}}, false},
		"none":            {scenario.Observed{Role: scenario.Main}, false},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			if got := s.Solved([]scenario.Observed{test.seen}); got != test.want {
				t.Errorf("Solved(%v) = %v, want %v", test.seen, got, test.want)
			}
		})
	}
}
