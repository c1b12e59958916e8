package glossary_test

import (
	"encoding/json"
	"errors"
	"io"
	"os"
	"slices"
	"strings"
	"testing"

	"corslab/lab/cors"
	"corslab/lab/glossary"
)

// recorded is an exchange with the console lines of real browsers.
type recorded struct {
	cors.Exchange
	Truth map[cors.Engine]struct {
		Console string `json:"console"`
	} `json:"truth"`
}

// TestLookUp_recorded judges every recorded exchange for three engines. Looking up what
// the judge prints must lead back to the cause and the stage.
func TestLookUp_recorded(t *testing.T) {
	g := glossary.New()
	for _, r := range readRecorded(t) {
		for _, engine := range cors.Browsers() {
			verdict := cors.Judge(r.Exchange, engine)
			for what, text := range map[string]string{
				"console": verdict.Console, "error": verdict.Error, "recorded console": r.line(engine),
			} {
				if text != "" {
					checkFound(t, g, r.ID+" "+what, text, verdict)
				}
			}
		}
	}
}

// line is what the real browser printed, if it is about CORS.
func (r recorded) line(engine cors.Engine) string {
	line := r.Truth[engine].Console
	if strings.HasPrefix(line, "Failed to load resource") || strings.HasSuffix(line, "due to access control checks.") {
		return ""
	}
	return line
}

func readRecorded(t *testing.T) []recorded {
	t.Helper()
	file, err := os.Open("../cors/testdata/recorded.jsonl")
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	var all []recorded
	for decoder := json.NewDecoder(file); ; {
		var r recorded
		if err := decoder.Decode(&r); errors.Is(err, io.EOF) {
			return all
		} else if err != nil {
			t.Fatal(err)
		}
		all = append(all, r)
	}
}

// checkFound looks up the text. It wants a certain match with the verdict's cause and
// stage, and with its engine unless others print the same.
func checkFound(t *testing.T, g *glossary.Glossary, what, text string, want cors.Verdict) {
	t.Helper()
	got := g.LookUp(text)
	if len(got.Matches) != 1 {
		t.Errorf("%s: LookUp(%q) has %d matches, want 1: %v", what, text, len(got.Matches), got.Matches)
		return
	}
	m := got.Matches[0]
	if !m.Sure || m.Engine != want.Engine && m.Engine != "" || m.Retired || !slices.Contains(m.Causes, want.Cause) || !slices.Contains(m.Stages, want.Stage) {
		t.Errorf("%s: LookUp(%q) = %+v, want surely %s at the %s by %s", what, text, m, want.Cause, want.Stage, want.Engine)
	}
	if want.Error != "" && m.Name != "" && m.Name != want.Error {
		t.Errorf("%s: LookUp(%q) names it %s, want %s", what, text, m.Name, want.Error)
	}
}
