package dryrun

import (
	"fmt"
	"strings"

	"corslab/lab/policy"
	"corslab/lab/scenario"
)

// addresses remarks on origins that stand in the file as they are where it is
// checked: in a lab at other addresses they would be those of strangers. Any
// other address can be meant.
func (c *check) addresses() {
	c.address("story", c.scenario.Story)
	for i, hint := range c.scenario.Hints {
		c.address(fmt.Sprintf("hints[%d]", i), hint)
	}
	c.scripts(func(place string, script scenario.Script) {
		c.address(place+".url", script.URL)
		c.values(place+".headers", script.Headers)
	})
	rows("policy", whole(c.scenario.Policy), c.values)
	c.changes(func(place string, change scenario.Change) { rows(place+".policy", change.Policy, c.values) })
}

func (c *check) values(place string, headers []policy.Header) {
	for i, h := range headers {
		value := h.Value
		if h.Rule == policy.Regex {
			value = strings.ReplaceAll(value, `\.`, ".")
		}
		c.address(fmt.Sprintf("%s[%d].%s", place, i, h.Name), value)
	}
}

func (c *check) address(place, text string) {
	for _, concrete := range c.origins.Concretes(text) {
		c.remark(place, "found %q; want %q, because hosts and ports are chosen when corslab starts", concrete.Found, concrete.Placeholder)
	}
}
