package dryrun

import (
	"fmt"
	"strings"

	"corslab/lab/policy"
	"corslab/lab/scenario"
)

// addresses remarks on this lab's own origins written out in the file. In a lab at
// other addresses they would be someone else's. Any other address may be intended.
func (c *check) addresses() {
	c.address("story", c.scenario.Story)
	for i, hint := range c.scenario.Hints {
		c.address(fmt.Sprintf("hints[%d]", i), hint)
	}
	c.scripts(func(path string, script scenario.Script) {
		c.address(path+".url", script.URL)
		c.values(path+".headers", script.Headers)
	})
	rows("policy", fullChange(c.scenario.Policy), c.values)
	c.changes(func(path string, change scenario.Change) { rows(path+".policy", change.Policy, c.values) })
}

func (c *check) values(path string, headers []policy.Header) {
	for i, h := range headers {
		value := h.Value
		if h.Rule == policy.Regex {
			value = strings.ReplaceAll(value, `\.`, ".")
		}
		c.address(fmt.Sprintf("%s[%d].%s", path, i, h.Name), value)
	}
}

func (c *check) address(path, text string) {
	for _, concrete := range c.origins.Concretes(text) {
		c.remark(path, "found %q; want %q, because hosts and ports are chosen when corslab starts", concrete.Found, concrete.Placeholder)
	}
}
