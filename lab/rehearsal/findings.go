package rehearsal

import (
	"cmp"
	"maps"
	"slices"
	"strings"

	"corslab/lab/cors"
)

// findings are what was found of one file, with the engines in which it is so:
// what all have in common is said once.
type findings map[finding][]cors.Engine

// finding is a message with a verb for the engines.
type finding struct{ place, format string }

func (f findings) add(place, format string, engine cors.Engine) {
	found := finding{place, format}
	f[found] = append(f[found], engine)
}

// report makes remarks of the findings, in the order of their places.
func (f findings) report(c *check) {
	sorted := slices.SortedFunc(maps.Keys(f), func(a, b finding) int {
		return cmp.Or(cmp.Compare(a.place, b.place), cmp.Compare(a.format, b.format))
	})
	for _, found := range sorted {
		c.remark(found.place, found.format, inWords(f[found]))
	}
}

// inWords names engines as files and commands do: "chromium and firefox".
func inWords(engines []cors.Engine) string {
	if len(engines) == len(cors.Browsers()) {
		return "every browser"
	}
	words := make([]string, len(engines))
	for i, engine := range engines {
		words[i] = string(engine)
	}
	return strings.Join(words, " and ")
}
