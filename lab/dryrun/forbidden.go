package dryrun

import (
	"fmt"
	"strings"

	"corslab/lab/cors"
	"corslab/lab/scenario"
)

// forbidden remarks on headers that a script sets in vain. Where the file speaks
// of them, in the way of code, that can be what it is about.
func (c *check) forbidden() {
	told := c.told()
	c.scripts(func(place string, script scenario.Script) {
		for i, h := range script.Headers {
			if !h.Off && cors.IsForbiddenHeader(h.Name, h.Value) && !strings.Contains(told, "`"+strings.ToLower(h.Name)) {
				c.remark(fmt.Sprintf("%s.headers[%d]", place, i), "found %s, which browsers let no script set; want %s, or a text that says so of `%s`", h.Name, inTheStead(h.Name), h.Name)
			}
		}
	})
}

// inTheStead is what brings a header that no script can set.
func inTheStead(name string) string {
	switch {
	case strings.EqualFold(name, "Cookie"):
		return "credentials: include, and policy.account or a header Set-Cookie in an answer"
	case strings.EqualFold(name, "Origin"):
		return "from, which says whose page sends"
	}
	return "it left out"
}

// told is all that the file tells the learner, in small letters.
func (c *check) told() string {
	texts := append([]string{c.scenario.Story}, c.scenario.Hints...)
	for _, fact := range c.scenario.Goal {
		texts = append(texts, fact.Because)
	}
	for _, change := range c.scenario.Wrong {
		texts = append(texts, change.Because)
	}
	return strings.ToLower(strings.Join(texts, "\n"))
}
