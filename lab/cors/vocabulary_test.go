package cors_test

import (
	"testing"

	"corslab/lab/cors"
)

func TestWordsAreUnique(t *testing.T) {
	seen := make(map[string]bool)
	for _, c := range cors.Causes() {
		if seen[string(c)] {
			t.Errorf("cause %q is listed twice", c)
		}
		seen[string(c)] = true
	}
	if got, want := len(seen), 28; got != want {
		t.Errorf("len(Causes()) = %d, want %d: the contract names that many", got, want)
	}
}

func TestValid(t *testing.T) {
	for word, got := range map[string]bool{
		"readable":             cors.Readable.Valid(),
		"allow-origin-missing": cors.AllowOriginMissing.Valid(),
		"preflight":            cors.StagePreflight.Valid(),
	} {
		if !got {
			t.Errorf("%q is not valid", word)
		}
	}
	for word, got := range map[string]bool{
		"outcome fine":  cors.Outcome("fine").Valid(),
		"cause bad":     cors.Cause("bad").Valid(),
		"stage between": cors.Stage("between").Valid(),
	} {
		if got {
			t.Errorf("%s is valid", word)
		}
	}
}
