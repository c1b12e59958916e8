package scenario_test

import (
	"testing"

	"corslab/lab/endpoint"
	"corslab/lab/scenario"
	"corslab/lab/scenario/scenariotest"
)

func TestScript_At_via(t *testing.T) {
	for name, test := range map[string]struct {
		from scenario.Caller
		url  string
		via  endpoint.Via
		want string
	}{
		"direct":                       {"page", "{api}/messages?a=1", "direct", "http://localhost:8000/s/7/messages?a=1"},
		"same-origin":                  {"page", "{api}/messages?a=1", "same-origin", "http://localhost:8080/proxy/s/7/api/messages?a=1"},
		"the shop's own proxy":         {"shop", "{bank}/account", "same-origin", "http://shop.app.localhost:8080/proxy/s/7/bank/account"},
		"cors":                         {"page", "{api}/messages", "cors", "http://127.0.0.1:8000/s/7/proxy/api/messages"},
		"cors from a null origin":      {"null", "{bank}/messages", "cors", "http://127.0.0.1:8000/s/7/proxy/bank/messages"},
		"null has no proxy of its own": {"null", "{api}/messages", "same-origin", "http://localhost:8080/proxy/s/7/api/messages"},
	} {
		t.Run(name, func(t *testing.T) {
			script := scenario.Script{From: test.from, URL: test.url, Via: test.via}
			if got := script.At("s", 7, scenariotest.Origins(t)); got != test.want {
				t.Errorf("At() = %s, want %s", got, test.want)
			}
		})
	}
}

// TestVia_Take: unless the file names the way to the API, it is fixed, even if the rest
// of the script may be changed.
func TestVia_Take(t *testing.T) {
	for change, want := range map[string]string{
		"[script]":             `script.via: "cors": this scenario does not let it be changed from "direct"`,
		"[script, script.via]": "",
	} {
		s := withAccount(t, change)
		submitted := s.Start(scenariotest.Origins(t))
		submitted.Script.Via = "cors"
		if got, faults := s.Take(submitted, scenariotest.Origins(t)); faults.String() != want || (want == "") != (got.Script.Via == "cors") {
			t.Errorf("change: %s: Take() = %s, %v, want %q", change, got.Script.Via, faults, want)
		}
	}
}
