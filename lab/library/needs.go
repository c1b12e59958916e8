package library

import (
	"fmt"
	"slices"
	"strings"

	"corslab/lab/internal/phrase"
)

// checkNeeds reports needs that don't exist, and scenarios that need each other.
func (l *loader) checkNeeds() {
	known := slices.Clone(l.named)
	for _, s := range l.beside.scenarios {
		known = append(known, s.ID)
	}
	walk := circles{byID: make(map[string]loaded), done: make(map[string]bool)}
	for _, s := range l.files {
		walk.byID[s.ID] = s
		if s.stale {
			continue
		}
		for i, id := range s.Needs {
			if !slices.Contains(known, id) {
				s.reportNeed(i, "there is no scenario %s%s", phrase.Brief(id), suggestion(id, known))
			}
		}
	}
	for _, s := range l.files {
		walk.from(s.ID)
	}
}

func suggestion(found string, known []string) string {
	if near := phrase.Nearest(found, known); near != "" {
		return fmt.Sprintf("; did you mean %q?", near)
	}
	return ""
}

func (s loaded) reportNeed(i int, format string, args ...any) {
	path := fmt.Sprintf("needs[%d]", i)
	s.file.Report(s.file.Reference(path), "%s: %s", path, fmt.Sprintf(format, args...))
}

// circles looks for scenarios that need each other, and reports each circle at its last
// step.
type circles struct {
	byID  map[string]loaded
	trail []string // the path from the start of the walk
	done  map[string]bool
}

func (c *circles) from(id string) {
	s, ok := c.byID[id]
	if !ok || c.done[id] {
		return
	}
	c.trail = append(c.trail, id)
	for i, need := range s.Needs {
		if at := slices.Index(c.trail, need); at >= 0 {
			circle := append(slices.Clone(c.trail[at:]), need)
			if !s.stale {
				s.reportNeed(i, "found a circle, %s; want scenarios that can be solved one after the other", strings.Join(circle, " → "))
			}
			continue
		}
		c.from(need)
	}
	c.trail = c.trail[:len(c.trail)-1]
	c.done[id] = true
}
