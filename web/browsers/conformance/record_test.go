package conformance_test

import (
	"bytes"
	"encoding/json"
	"flag"
	"os"
	"testing"

	"corslab/lab/cors"
	"corslab/web/browsers/conformance"
)

var (
	number = flag.Int("n", 300, "play this `number` of generated exchanges in each browser")
	seed   = flag.Uint64("seed", 1, "generate from this `seed`; 0 is a random one")
	out    = flag.String("out", "", "write the generated exchanges with what browsers did to this `file`")
)

// TestRecord writes generated exchanges, with what each browser did, to the file in -out.
func TestRecord(t *testing.T) {
	if *out == "" {
		t.Skip("no file is given with -out")
	}
	exchanges := conformance.Generate(*seed, *number)
	records := make([]record, len(exchanges))
	for i, exchange := range exchanges {
		records[i] = record{exchange, make(map[cors.Engine]conformance.Observation)}
	}
	for _, engine := range played {
		for i, observation := range play(t, newPlayer(t, engine), exchanges) {
			records[i].Truth[engine] = observation
		}
	}
	var lines bytes.Buffer
	encoder := json.NewEncoder(&lines)
	encoder.SetEscapeHTML(false)
	for _, r := range records {
		if err := encoder.Encode(r); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.WriteFile(*out, lines.Bytes(), 0o644); err != nil {
		t.Fatal(err)
	}
}
