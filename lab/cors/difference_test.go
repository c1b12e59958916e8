package cors_test

import (
	"fmt"
	"os"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"corslab/lab/cors"

	"github.com/google/go-cmp/cmp"
)

// TestDifferences checks that every row of the table is complete.
func TestDifferences(t *testing.T) {
	seen := make(map[string]bool)
	for _, d := range cors.Differences() {
		if d.Name == "" || seen[d.Name] {
			t.Errorf("the name %q is empty or listed twice", d.Name)
		}
		seen[d.Name] = true
		if !strings.HasSuffix(d.Sentence, ".") || d.Clause == "" || !strings.Contains(d.Link, "/commit-snapshots/") {
			t.Errorf("%s: sentence %q, clause %q, link %q", d.Name, d.Sentence, d.Clause, d.Link)
		}
		if d.Issue != "" && !strings.HasPrefix(d.Issue, "https://") {
			t.Errorf("%s: the issue is at %q, want an address or nothing", d.Name, d.Issue)
		}
		if len(d.Engines) == 0 || slices.Contains(d.Engines, cors.Standard) {
			t.Errorf("%s: engines %q, want browsers", d.Name, d.Engines)
		}
	}
}

// TestDifferences_needed removes one difference from one engine at a time. Then some
// exchange must end differently, or a cache must behave differently. Otherwise no test
// covers the row.
func TestDifferences_needed(t *testing.T) {
	exchanges := everyExchange(t)
	for _, engine := range cors.Browsers() {
		verdicts, cached := verdictsOf(exchanges, engine), cachedBy(engine)
		for _, d := range cors.Differences() {
			if !slices.Contains(d.Engines, engine) {
				continue
			}
			cors.Without(d.Name, engine, func() {
				same := func(x cors.Exchange) bool { return reflect.DeepEqual(cors.Judge(x, engine), verdicts[x.ID]) }
				if all(exchanges, same) && cachedBy(engine) == cached {
					t.Errorf("%s changes nothing in %s", d.Name, engine)
				}
			})
		}
	}
}

func all(exchanges []cors.Exchange, holds func(cors.Exchange) bool) bool {
	return !slices.ContainsFunc(exchanges, func(x cors.Exchange) bool { return !holds(x) })
}

func verdictsOf(exchanges []cors.Exchange, engine cors.Engine) map[string]cors.Verdict {
	verdicts := make(map[string]cors.Verdict)
	for _, x := range exchanges {
		verdicts[x.ID] = cors.Judge(x, engine)
	}
	return verdicts
}

// everyExchange lists the recorded exchanges, those of the cases, and those of
// rare.jsonl, which has examples of differences that the others lack.
func everyExchange(t *testing.T) []cors.Exchange {
	t.Helper()
	var exchanges []cors.Exchange
	for _, r := range append(readRecorded(t), readExchanges(t, "testdata/rare.jsonl")...) {
		exchanges = append(exchanges, r.Exchange)
	}
	for _, name := range caseNames(t) {
		exchange := readCase(t, name).exchange
		exchange.ID = name
		exchanges = append(exchanges, exchange)
	}
	return exchanges
}

// cachedBy describes what an engine remembers about some preflights.
func cachedBy(engine cors.Engine) string {
	var text strings.Builder
	now := time.Unix(0, 0)
	put := cors.Preflight{Origin: "http://a", URL: "http://b/", Method: "PUT"}
	allow := func(age string) cors.Response {
		return cors.Response{Status: 204, Headers: [][2]string{{"Access-Control-Allow-Methods", "PUT"}, {"Access-Control-Max-Age", age}}}
	}
	for _, age := range []string{"60", "-1", "abc", "999999"} {
		cache := cors.PreflightCache{Engine: engine}
		cache.Store(put, allow(age), now)
		fmt.Fprintln(&text, age, cache.Remembered(now))
	}
	cache := cors.PreflightCache{Engine: engine}
	credentialed := put
	credentialed.Credentials = true
	cache.Store(credentialed, allow("60"), now)
	fmt.Fprintln(&text, cache.Covers(put, now))
	cache.Store(put, cors.Response{Status: 204, Headers: [][2]string{{"Access-Control-Allow-Headers", "X-A"}}}, now)
	fmt.Fprintln(&text, cache.Covers(credentialed, now))
	cache.Settle(put, allow("60"), cors.Verdict{Outcome: cors.Blocked, Stage: cors.StagePreflight}, now)
	fmt.Fprintln(&text, cache.Remembered(now))
	return text.String()
}

// TestDifferences_documented compares the table with the documentation in
// differences.md. Run it with -update to write the file.
func TestDifferences_documented(t *testing.T) {
	const file = "differences.md"
	var text strings.Builder
	text.WriteString("# Where browsers differ from the Fetch standard\n\n" +
		"A test writes this list from the table in difference_table.go, which the judge itself\n" +
		"asks. Links lead to the snapshot of the standard that the judge follows.\n\n" +
		"| Difference | Engines | Clause | Name |\n|---|---|---|---|\n")
	for _, d := range cors.Differences() {
		sentence := d.Sentence
		if d.Issue != "" {
			sentence += " ([issue](" + d.Issue + "))"
		}
		fmt.Fprintf(&text, "| %s | %s | [%s](%s) | `%s` |\n", sentence, engineNames(d.Engines), d.Clause, d.Link, d.Name)
	}
	if *updateCases {
		if err := os.WriteFile(file, []byte(text.String()), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	written, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(written), text.String()); diff != "" {
		t.Errorf("%s (-written +table):\n%s", file, diff)
	}
}

func engineNames(engines []cors.Engine) string {
	names := make([]string, len(engines))
	for i, engine := range engines {
		names[i] = map[cors.Engine]string{cors.Chromium: "Chromium", cors.Firefox: "Firefox", cors.WebKit: "WebKit"}[engine]
	}
	return strings.Join(names, ", ")
}
