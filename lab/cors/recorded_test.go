package cors_test

import (
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"reflect"
	"strings"
	"testing"

	"corslab/lab/cors"
)

// recorded is an exchange with what real browsers did.
type recorded struct {
	cors.Exchange
	Truth map[cors.Engine]truth `json:"truth"`
}

// truth is what one browser did. Error names were recorded only for Chromium.
type truth struct {
	Outcome         cors.Outcome       `json:"outcome"`
	Type            cors.ResponseType  `json:"type"`
	Status          int                `json:"status"`
	ReadableHeaders []string           `json:"readable_headers"`
	Wire            []cors.WireRequest `json:"wire"`
	Error           *string            `json:"error"`
	FailedParameter *string            `json:"failed_parameter"`
	Console         string             `json:"console"`
}

// TestJudge_recorded compares the judge with what Chromium 156, Firefox ESR
// 153 and WebKitGTK 2.50 did with the exchanges of recorded.jsonl.
func TestJudge_recorded(t *testing.T) {
	for _, r := range readRecorded(t) {
		for engine, want := range r.Truth {
			if isGeneric(want.Console) {
				want.Console = ""
			}
			for _, difference := range differences(cors.Judge(r.Exchange, engine), want) {
				t.Errorf("%s in %s: %s", r.ID, engine, difference)
			}
		}
	}
}

// readRecorded reads the shipped recorded exchanges, or those of the file that the
// environment names.
func readRecorded(t testing.TB) []recorded {
	t.Helper()
	return readExchanges(t, cmp.Or(os.Getenv("CORSLAB_RECORDED"), "testdata/recorded.jsonl"))
}

func readExchanges(t testing.TB, name string) []recorded {
	t.Helper()
	file, err := os.Open(name)
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
			t.Fatalf("%s: %v", name, err)
		}
		all = append(all, r)
	}
}

// differences lists the fields in which a verdict differs from the recording.
func differences(got cors.Verdict, want truth) []string {
	var all []string
	compare := func(field string, got, want any) {
		if !reflect.DeepEqual(got, want) {
			g, _ := json.Marshal(got)
			w, _ := json.Marshal(want)
			all = append(all, fmt.Sprintf("%s:\n\tjudged   %s\n\trecorded %s", field, g, w))
		}
	}
	compare("outcome", got.Outcome, want.Outcome)
	compare("type", got.Type, want.Type)
	compare("status", got.Status, want.Status)
	compare("readable headers", got.ReadableHeaders, want.ReadableHeaders)
	compare("wire", got.Wire, want.Wire)
	compare("console", got.Console, want.Console)
	if want.Error != nil {
		compare("error", got.Error, *want.Error)
		compare("failed parameter", got.FailedParameter, *want.FailedParameter)
	}
	return all
}

// isGeneric reports whether engines print a line about any failed load if they have
// nothing to say about CORS.
func isGeneric(line string) bool {
	return strings.HasPrefix(line, "Failed to load resource") || strings.HasSuffix(line, "due to access control checks.")
}
