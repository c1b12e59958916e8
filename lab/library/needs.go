package library

import (
	"fmt"
	"slices"
	"strings"

	"corslab/lab/internal/phrase"
)

// checkNeeds reports what scenarios need that is not there, or needs them in
// turn.
func (l *loader) checkNeeds() {
	known := slices.Clone(l.named)
	for _, s := range l.beside.scenarios {
		known = append(known, s.ID)
	}
	walk := circles{byID: make(map[string]loaded), done: make(map[string]bool)}
	for _, s := range l.files {
		walk.byID[s.ID] = s
		if s.kept {
			continue
		}
		for i, id := range s.Needs {
			if !slices.Contains(known, id) {
				s.reportNeed(i, "there is no scenario %s%s", phrase.Brief(id), meant(id, known))
			}
		}
	}
	for _, s := range l.files {
		walk.from(s.ID)
	}
}

func meant(found string, known []string) string {
	if near := phrase.Nearest(found, known); near != "" {
		return fmt.Sprintf("; did you mean %q?", near)
	}
	return ""
}

func (s loaded) reportNeed(i int, format string, args ...any) {
	place := fmt.Sprintf("needs[%d]", i)
	s.file.Report(s.file.Reference(place), "%s: %s", place, fmt.Sprintf(format, args...))
}

// circles looks for scenarios that need each other, and reports each circle
// where it closes.
type circles struct {
	byID map[string]loaded
	way  []string // from where the walk began
	done map[string]bool
}

func (c *circles) from(id string) {
	s, ok := c.byID[id]
	if !ok || c.done[id] {
		return
	}
	c.way = append(c.way, id)
	for i, need := range s.Needs {
		if at := slices.Index(c.way, need); at >= 0 {
			circle := append(slices.Clone(c.way[at:]), need)
			if !s.kept {
				s.reportNeed(i, "found a circle, %s; want scenarios that can be solved one after the other", strings.Join(circle, " → "))
			}
			continue
		}
		c.from(need)
	}
	c.way = c.way[:len(c.way)-1]
	c.done[id] = true
}
