package conformance_test

import (
	"bufio"
	"context"
	"encoding/json"
	"flag"
	"os"
	"testing"
	"time"

	"corslab/lab/cors"
	"corslab/web/browsers/conformance"
	"corslab/web/browsers/drivertest"

	"github.com/google/go-cmp/cmp"
)

var recorded = flag.String("recorded", "", "play the exchanges in this `file` and expect the results that it records")

// record is one line of a file: an exchange with what one or more browsers did.
type record struct {
	cors.Exchange
	Truth map[cors.Engine]conformance.Observation `json:"truth"`
}

// TestRecorded plays recorded exchanges again, in each browser.
func TestRecorded(t *testing.T) {
	if *recorded == "" {
		t.Skip("no file is given with -recorded")
	}
	records := readRecords(t, *recorded)
	exchanges := make([]cors.Exchange, len(records))
	for i, r := range records {
		exchanges[i] = r.Exchange
	}
	for _, engine := range played {
		t.Run(string(engine), func(t *testing.T) {
			observations := play(t, newPlayer(t, engine), exchanges)
			same := 0
			for i, got := range observations {
				want := records[i].Truth[engine]
				if diff := cmp.Diff(conformance.Specific(want), conformance.Specific(got)); diff != "" {
					t.Errorf("%s (-recorded +observed):\n%s", exchanges[i].ID, diff)
					continue
				}
				same++
			}
			t.Logf("%d of %d went as recorded", same, len(exchanges))
		})
	}
}

func play(t *testing.T, player *conformance.Player, exchanges []cors.Exchange) []conformance.Observation {
	t.Helper()
	begun := time.Now()
	observations, err := player.Play(t.Context(), exchanges)
	if err != nil {
		t.Fatal(err)
	}
	t.Logf("%.0f exchanges a second", float64(len(exchanges))/time.Since(begun).Seconds())
	return observations
}

func readRecords(t *testing.T, path string) []record {
	t.Helper()
	file, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	var records []record
	lines := bufio.NewScanner(file)
	lines.Buffer(nil, 1<<20)
	for lines.Scan() {
		var r record
		if err := json.Unmarshal(lines.Bytes(), &r); err != nil {
			t.Fatalf("%s:%d: %v", path, len(records)+1, err)
		}
		records = append(records, r)
	}
	if err := lines.Err(); err != nil {
		t.Fatal(err)
	}
	return records
}

// played lists the engines that have a browser to play exchanges in.
var played = cors.Browsers()

func newPlayer(t *testing.T, engine cors.Engine) *conformance.Player {
	t.Helper()
	return drivertest.Start(t, func(ctx context.Context) (*conformance.Player, error) {
		return conformance.NewPlayer(ctx, engine)
	})
}
