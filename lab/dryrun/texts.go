package dryrun

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"corslab/lab/origin"
)

// texts remarks on an origin's placeholder with a typo in it, because learners would
// see it as is. Any other word in braces may be intended.
func (c *check) texts() {
	c.text("story", c.scenario.Story)
	for i, hint := range c.scenario.Hints {
		c.text(fmt.Sprintf("hints[%d]", i), hint)
	}
}

var braced = regexp.MustCompile(`\{([a-z0-9]{4,})(?:\.host)?\}`)

func (c *check) text(path, text string) {
	names := append(origin.Placeholders(), origin.Brace)
	for _, found := range braced.FindAllStringSubmatch(text, -1) {
		word := found[1]
		near := slices.IndexFunc(names, func(name string) bool { return isTypo(word, name) })
		if near >= 0 && !slices.Contains(names, word) {
			c.remark(path, "unknown origin {%s}; did you mean {%s}? For the text as it stands write {brace}%s}", word, names[near], word)
		}
	}
}

// isTypo reports whether two words differ by one letter, or by two swapped letters.
func isTypo(a, b string) bool {
	for a != "" && b != "" && a[0] == b[0] {
		a, b = a[1:], b[1:]
	}
	for a != "" && b != "" && a[len(a)-1] == b[len(b)-1] {
		a, b = a[:len(a)-1], b[:len(b)-1]
	}
	return len(a) <= 1 && len(b) <= 1 || len(a) == 2 && len(b) == 2 && strings.Contains(a+a, b)
}
