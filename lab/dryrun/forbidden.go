package dryrun

import (
	"fmt"
	"strings"

	"corslab/lab/cors"
	"corslab/lab/scenario"
)

// forbidden remarks on headers that a script isn't allowed to set. If the file mentions
// such a header as code, the scenario may be about it.
func (c *check) forbidden() {
	prose := c.prose()
	c.scripts(func(path string, script scenario.Script) {
		for i, h := range script.Headers {
			if !h.Off && cors.IsForbiddenHeader(h.Name, h.Value) && !strings.Contains(prose, "`"+strings.ToLower(h.Name)) {
				c.remark(fmt.Sprintf("%s.headers[%d]", path, i), "found %s, which browsers let no script set; want %s, or a text that says so of `%s`", h.Name, alternative(h.Name), h.Name)
			}
		}
	})
}

// alternative says what to use instead of a header that no script can set.
func alternative(name string) string {
	switch {
	case strings.EqualFold(name, "Cookie"):
		return "credentials: include, and policy.account or a header Set-Cookie in an answer"
	case strings.EqualFold(name, "Origin"):
		return "from, which says whose page sends"
	}
	return "it left out"
}

// prose is all the text that the learner can read, in lowercase.
func (c *check) prose() string {
	texts := append([]string{c.scenario.Story}, c.scenario.Hints...)
	for _, fact := range c.scenario.Goal {
		texts = append(texts, fact.Because)
	}
	for _, change := range c.scenario.Wrong {
		texts = append(texts, change.Because)
	}
	return strings.ToLower(strings.Join(texts, "\n"))
}
