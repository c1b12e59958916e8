package dryrun

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

// finding is a message, which names the engines between its two halves.
type finding struct{ place, before, after string }

func (f findings) add(found finding, engine cors.Engine) {
	f[found] = append(f[found], engine)
}

// report makes remarks of the findings, in the order of their places.
func (f findings) report(c *check) {
	sorted := slices.SortedFunc(maps.Keys(f), func(a, b finding) int {
		return cmp.Or(cmp.Compare(a.place, b.place), cmp.Compare(a.before, b.before), cmp.Compare(a.after, b.after))
	})
	for _, found := range sorted {
		c.remark(found.place, "%s%s%s", found.before, inWords(f[found]), found.after)
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
