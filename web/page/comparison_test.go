package page_test

import (
	"encoding/json"
	"net/http"
	"strings"
	"testing"

	"corslab/web/page"
)

// TestComparison compares two runs without any session.
func TestComparison(t *testing.T) {
	f := newFixture(t, page.DefaultLimits())
	side := func(run, status, headers string) string {
		return `{"run":` + run + `,"attempt":{"script":{},"policy":{"preflight":{"status":204,"headers":[]},"response":{"status":` + status + `,"headers":[` + headers + `]}}}}`
	}
	plain := side("1", "200", "")
	sides := func(before, after string) string { return `{"before":` + before + `,"after":` + after + `}` }
	for name, test := range map[string]struct {
		scenario, body string
		header         map[string]string
		status         int
		holds          string // in the markup or the error
	}{
		"the same twice":       {"no-allow-origin", sides(plain, side("2", "200", "")), nil, 200, "Nothing was set otherwise."},
		"another status":       {"no-allow-origin", sides(plain, side("2", "418", "")), nil, 200, "<code>418</code>"},
		"another header":       {"no-allow-origin", sides(plain, side("2", "200", `{"name":"X-A","value":"<1>"}`)), nil, 200, "<code>&lt;1&gt;</code>"},
		"a placeholder":        {"no-allow-origin", sides(plain, side("2", "200", `{"name":"X-A","value":"{page}"}`)), nil, 200, "<code>http://localhost:8080</code>"},
		"unknown scenario":     {"none", sides(plain, plain), nil, 404, `"none": no such scenario`},
		"not JSON":             {"no-allow-origin", "before=1", nil, 400, "not the JSON"},
		"unknown key":          {"no-allow-origin", `{"between":` + plain + `}`, nil, 400, "not the JSON"},
		"one run only":         {"no-allow-origin", `{"before":` + plain + `}`, nil, 400, "run 0: want a number from 1"},
		"a run without number": {"no-allow-origin", sides(side("-1", "200", ""), plain), nil, 400, "run -1: want a number from 1"},
		"no attempt":           {"no-allow-origin", sides(plain, `{"run":2}`), nil, 400, "run 2: preflight.status: 0: want a number"},
		"a status that is none": {
			"no-allow-origin", sides(plain, side("2", "99", "")), nil, 400, "run 2: response.status: 99: want a number from 200 to 599",
		},
		"LF in a value": {
			"no-allow-origin", sides(side("7", "200", `{"name":"X-A","value":"a\nb"}`), plain), nil, 400, "run 7: response:0: the value holds a line feed (LF)",
		},
		"what the scenario fixes": {
			"no-allow-origin", sides(plain, strings.Replace(side("2", "200", ""), `"script":{}`, `"script":{"mode":"no-cors"}`, 1)), nil, 400, "does not let it be changed",
		},
		"400 kB in a value": {
			"no-allow-origin", sides(plain, side("2", "200", `{"name":"X-A","value":"`+strings.Repeat("x", 400_000)+`"}`)), nil, 400, "has 400000 bytes, at most 4096",
		},
		"ten megabytes": {
			"no-allow-origin", sides(plain, side("2", "200", `{"name":"X-A","value":"`+strings.Repeat("x", 10<<20)+`"}`)), nil, 413, "more than 524288 bytes",
		},
		"cross-site": {
			"no-allow-origin", sides(plain, plain), map[string]string{"Origin": "http://attacker.example", "Sec-Fetch-Site": "cross-site"}, 403, "cross-origin",
		},
	} {
		t.Run(name, func(t *testing.T) {
			status, _, body := f.do(request{method: "POST", path: "/scenarios/" + test.scenario + "/comparison", body: test.body, header: test.header})
			var response struct{ HTML, Error string }
			if status != http.StatusForbidden {
				if err := json.Unmarshal([]byte(body), &response); err != nil {
					t.Fatalf("answer = %d %s: %v", status, body, err)
				}
				body = response.HTML + response.Error
			}
			if status != test.status || !strings.Contains(body, test.holds) {
				t.Errorf("answer = %d %.900s, want %d with %q", status, body, test.status, test.holds)
			}
			if (response.HTML != "") != (test.status == http.StatusOK) {
				t.Errorf("markup: %.100q, want some with status 200 only", response.HTML)
			}
		})
	}
}
