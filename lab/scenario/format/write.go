package format

import (
	"cmp"
	"fmt"
	"slices"

	"corslab/lab/cors"
	"corslab/lab/internal/phrase"
	"corslab/lab/scenario"

	"go.yaml.in/yaml/v4"
)

// Write returns the scenario as a file, which [Parse] reads as the same scenario. It
// leaves out values that are the default. The error says why no file can hold the
// scenario.
func Write(s *scenario.Scenario) ([]byte, error) {
	root := scenarioNode(s)
	if text := unreadable(root); text != "" {
		return nil, fmt.Errorf("write scenario: %s holds bytes that are no UTF-8", phrase.Brief(text))
	}
	layOut(root, 0, 0)
	file, err := dump(root)
	if err != nil {
		return nil, fmt.Errorf("write scenario: %w", err)
	}
	if _, err := Parse(cmp.Or(s.File, "scenario.yaml"), file); err != nil {
		return nil, fmt.Errorf("write scenario: %w", err)
	}
	return file, nil
}

func scenarioNode(s *scenario.Scenario) *yaml.Node {
	m := block()
	m.add("corslab", numberNode(Version))
	m.add("title", textNode(s.Title))
	m.add("track", textNode(s.Track))
	m.addList("needs", textNodes(s.Needs))
	m.addNumber("minutes", s.Minutes)
	m.addList("covers", textNodes(s.Covers))
	m.add("story", textNode(s.Story))
	m.add("script", scriptNode(s.Script, block()))
	for _, role := range scenario.Roles() {
		m.addLines(string(role), senderNodes(s, role))
	}
	m.add("policy", policyNode(s.Policy))
	if len(s.Change) != 1 || s.Change[0] != scenario.ChangeablePolicy {
		m.add("change", sequenceNode(wordNodes(phrase.Words(s.Change))))
	}
	m.add("expect", expectNode(s.Expect))
	m.add("goal", goalNode(s))
	m.addLines("hints", textNodes(s.Hints))
	m.addLines("solutions", changeNodes(s.Solutions))
	m.addLines("wrong", changeNodes(s.Wrong))
	return m.node()
}

func senderNodes(s *scenario.Scenario, role scenario.Role) (nodes []*yaml.Node) {
	for _, part := range s.Others {
		if part.Role == role {
			nodes = append(nodes, scriptNode(part.Script, flow()))
		}
	}
	return nodes
}

// goalNode gives each fact a line of its own if one of them has a reason.
func goalNode(s *scenario.Scenario) *yaml.Node {
	goal := sequenceNode(factNodes(s))
	if slices.ContainsFunc(s.Goal, func(f scenario.Fact) bool { return f.Because != "" }) {
		goal.Style = 0
	}
	return goal
}

func factNodes(s *scenario.Scenario) (nodes []*yaml.Node) {
	for _, f := range s.Goal {
		m := flow()
		switch {
		case f.Outcome != "":
			m.add(string(cmp.Or(f.Caller, s.Script.From)), wordNode(string(f.Outcome)))
		case f.Sent != nil:
			m.add("sent", sequenceNode(textNodes(f.Sent)))
			m.addText("from", string(f.Caller))
		case f.Cookies != nil:
			m.add("cookies", sequenceNode(textNodes(f.Cookies)))
		case f.Balance != nil:
			m.add("balance", numberNode(*f.Balance))
		default:
			m.add("shows", sequenceNode(textNodes(f.Shows)))
		}
		m.addText("because", f.Because)
		nodes = append(nodes, m.node())
	}
	return nodes
}

func expectNode(e scenario.Expect) *yaml.Node {
	m := block()
	addEnd(m, e.End)
	errors := flow()
	for _, engine := range cors.Browsers() {
		if name, said := e.Errors[engine]; said {
			errors.add(string(engine), textNode(name))
		}
	}
	m.addFilled("errors", errors)
	if e.Sent != nil {
		m.add("sent", sequenceNode(textNodes(e.Sent)))
	}
	for _, engine := range cors.Browsers() {
		if other, said := e.Others[engine]; said {
			ends := flow()
			addEnd(ends, other)
			m.add(string(engine), ends.node())
		}
	}
	return m.short()
}

// addEnd adds how a run ends.
func addEnd(to *mappingNode, e scenario.End) {
	to.add("outcome", wordNode(string(e.Outcome)))
	if e.Outcome == cors.Blocked {
		to.add("cause", wordNode(string(e.Cause)))
		to.add("stage", wordNode(string(e.Stage)))
	}
}

func changeNodes(changes []scenario.Change) (nodes []*yaml.Node) {
	for _, c := range changes {
		m := block()
		m.addFilled("script", changedScript(c.Script))
		m.addFilled("policy", changedPolicy(c.Policy))
		if c.Sends != 1 {
			m.add("sends", numberNode(c.Sends))
		}
		m.addText("because", c.Because)
		nodes = append(nodes, m.node())
	}
	return nodes
}
