package cors_test

import (
	"testing"

	"corslab/lab/cors"
)

// BenchmarkJudge measures one verdict with its trace, over the recorded exchanges.
func BenchmarkJudge(b *testing.B) {
	all := readRecorded(b)
	for _, engine := range cors.Engines() {
		b.Run(string(engine), func(b *testing.B) {
			b.ReportAllocs()
			for i := 0; b.Loop(); i++ {
				cors.Judge(all[i%len(all)].Exchange, engine)
			}
		})
	}
}
