package cors_test

import (
	"encoding/json"
	"reflect"
	"slices"
	"strings"
	"testing"

	"corslab/lab/cors"
)

// FuzzJudge checks the laws of a verdict for every engine.
func FuzzJudge(f *testing.F) {
	for _, r := range readRecorded(f)[:100] {
		line, err := json.Marshal(r.Exchange)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(line)
	}
	f.Fuzz(func(t *testing.T, line []byte) {
		exchange, err := cors.ParseExchange(line)
		if err != nil {
			if strings.Contains(err.Error(), "\n") {
				t.Errorf("the error has more than one line: %v", err)
			}
			return
		}
		for _, engine := range cors.Engines() {
			verdict := cors.Judge(exchange, engine)
			checkCause(t, verdict)
			checkTrace(t, verdict)
			checkUnrelatedHeader(t, exchange, verdict)
			checkPure(t, line, exchange)
		}
	})
}

// checkCause: a verdict has a cause and a stage if and only if it is blocked.
func checkCause(t *testing.T, v cors.Verdict) {
	t.Helper()
	if blocked := v.Outcome == cors.Blocked; blocked != (v.Cause != "") || blocked != (v.Stage != "") {
		t.Errorf("%s: outcome %q with cause %q and stage %q", v.Engine, v.Outcome, v.Cause, v.Stage)
	}
	if v.Cause != "" && !v.Cause.Valid() || v.Stage != "" && !v.Stage.Valid() || !v.Outcome.Valid() {
		t.Errorf("%s: unknown word in %q, %q, %q", v.Engine, v.Outcome, v.Cause, v.Stage)
	}
	if (v.Outcome == cors.Unknown) != (v.Missing != "") {
		t.Errorf("%s: outcome %q with missing %q", v.Engine, v.Outcome, v.Missing)
	}
}

// checkTrace: every step passed but the last one, which has the cause, and each links
// to its section of the standard.
func checkTrace(t *testing.T, v cors.Verdict) {
	t.Helper()
	ended := v.Outcome == cors.Blocked || v.Outcome == cors.Unknown
	for i, step := range v.Steps {
		if step.Link() == "" {
			t.Errorf("%s: section %q has no address", v.Engine, step.Section)
		}
		if last := i == len(v.Steps)-1; step.Passed == (last && ended) {
			t.Errorf("%s, outcome %q: step %d of %d has passed = %t: %+v", v.Engine, v.Outcome, i+1, len(v.Steps), step.Passed, step)
		}
	}
	if len(v.Steps) == 0 {
		t.Errorf("%s: no steps", v.Engine)
	}
}

// checkUnrelatedHeader: a response header unrelated to CORS changes neither outcome nor
// cause nor wire.
func checkUnrelatedHeader(t *testing.T, exchange cors.Exchange, want cors.Verdict) {
	t.Helper()
	exchange.Hops = slices.Clone(exchange.Hops)
	for i := range exchange.Hops {
		hop := &exchange.Hops[i]
		hop.Preflight, hop.Response = withUnrelated(hop.Preflight), withUnrelated(hop.Response)
	}
	got := cors.Judge(exchange, want.Engine)
	if got.Outcome != want.Outcome || got.Cause != want.Cause || !reflect.DeepEqual(got.Wire, want.Wire) {
		t.Errorf("%s: an unrelated header turns %s %q %v into %s %q %v",
			want.Engine, want.Outcome, want.Cause, want.Wire, got.Outcome, got.Cause, got.Wire)
	}
}

func withUnrelated(response *cors.Response) *cors.Response {
	if response == nil {
		return nil
	}
	return &cors.Response{Status: response.Status, Headers: append(slices.Clone(response.Headers), [2]string{"X-Unrelated", "1"})}
}

// checkPure: judging doesn't change the exchange.
func checkPure(t *testing.T, line []byte, exchange cors.Exchange) {
	t.Helper()
	before, err := cors.ParseExchange(line)
	if err != nil {
		t.Fatal(err)
	}
	if !reflect.DeepEqual(before, exchange) {
		t.Errorf("Judge() changed the exchange to %+v", exchange)
	}
}
