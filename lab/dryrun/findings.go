package dryrun

import (
	"cmp"
	"maps"
	"slices"
	"strings"

	"corslab/lab/cors"
)

// findings maps each finding about a file to its engines, so that one that several
// engines share is reported once.
type findings map[finding][]cors.Engine

// finding is a message in two halves, with the names of the engines in between.
type finding struct{ path, before, after string }

func (f findings) add(found finding, engine cors.Engine) {
	f[found] = append(f[found], engine)
}

// report turns the findings into remarks, sorted by path.
func (f findings) report(c *check) {
	sorted := slices.SortedFunc(maps.Keys(f), func(a, b finding) int {
		return cmp.Or(cmp.Compare(a.path, b.path), cmp.Compare(a.before, b.before), cmp.Compare(a.after, b.after))
	})
	for _, found := range sorted {
		c.remark(found.path, "%s%s%s", found.before, inWords(f[found]), found.after)
	}
}

// inWords names engines the way files and commands do: "chromium and firefox".
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
