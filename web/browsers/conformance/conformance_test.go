package conformance_test

import (
	"encoding/json"
	"flag"
	"math/rand/v2"
	"testing"

	"corslab/lab/cors"
	"corslab/web/browsers/conformance"
)

var replay = flag.String("replay", "", "play the exchanges in this `file` instead of generated ones; it can have the lines that a test printed")

// TestConformance plays exchanges in each browser and compares the results with the
// judge's predictions. It prints each disagreement as a line of JSON.
func TestConformance(t *testing.T) {
	if *recorded != "" || *out != "" {
		t.Skip("a file is given with -recorded or -out")
	}
	exchanges := exchangesToPlay(t)
	for _, engine := range played {
		t.Run(string(engine), func(t *testing.T) {
			same := 0
			for i, observed := range play(t, newPlayer(t, engine), exchanges) {
				differences := conformance.Compare(cors.Judge(exchanges[i], engine), observed)
				if len(differences) == 0 {
					same++
					continue
				}
				t.Errorf("%s: %q\n%s", exchanges[i].ID, differences, line(t, exchanges[i], engine, observed))
			}
			t.Logf("%d of %d went as judged", same, len(exchanges))
		})
	}
}

func exchangesToPlay(t *testing.T) []cors.Exchange {
	t.Helper()
	if *replay == "" {
		from := *seed
		if from == 0 {
			from = rand.Uint64()
		}
		t.Logf("%d exchanges of -seed %d", *number, from)
		return conformance.Generate(from, *number)
	}
	var exchanges []cors.Exchange
	seen := make(map[string]bool)
	for _, r := range readRecords(t, *replay) {
		if !seen[r.ID] { // an exchange appears once for each browser that disagreed
			exchanges = append(exchanges, r.Exchange)
		}
		seen[r.ID] = true
	}
	return exchanges
}

// line returns an exchange with what one browser did, in the format that -replay and
// -recorded read.
func line(t *testing.T, exchange cors.Exchange, engine cors.Engine, observed conformance.Observation) []byte {
	t.Helper()
	text, err := json.Marshal(record{exchange, map[cors.Engine]conformance.Observation{engine: observed}})
	if err != nil {
		t.Fatal(err)
	}
	return text
}
