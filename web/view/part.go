package view

import (
	"corslab/lab/policy"
	"corslab/lab/scenario"

	"github.com/a-h/templ"
)

// Part is an element of the page that can be replaced on its own.
type Part struct {
	ID        string // of the element
	Component templ.Component
}

// Panel is an element that consists of parts. If it has the same parts as before,
// only the changed ones are replaced; otherwise the whole panel is.
type Panel struct {
	Part
	Parts []Part // none if it is always replaced as a whole
}

// ScriptPanel is [Script] with its parts.
func ScriptPanel(p AttemptPanels) Panel {
	return Panel{Part{"script", Script(p)}, scriptParts(p)}
}

// PolicyPanel is [Policy] with its parts.
func PolicyPanel(p AttemptPanels) Panel {
	return Panel{Part{"policy", Policy(p)}, append(policyHead(p), policyGroups(p)...)}
}

func scriptParts(p AttemptPanels) []Part {
	parts := []Part{
		{"script-head", scriptTitle(p)},
		{"script-fault", notInForce("script-fault", "the next Send still sends as before", ofScript(p.Faults, true))},
		{"script-code", scriptCode(p.Code)},
	}
	if p.Curl != "" {
		parts = append(parts, Part{"script-curl", byCurl(p.Curl)})
	}
	if p.Scenario.IsSandbox() {
		parts = append(parts, Part{"script-shape", shape(shapeOf(p), p)})
	}
	if len(choices(p)) > 0 {
		parts = append(parts, Part{"script-choices", scriptChoices(p)})
	}
	if p.Scenario.Allows(scenario.InputHeaders.Changeable()) {
		group := rowGroup{in: scenario.Field{Section: scenario.SectionScript}, title: "Request headers", reply: policy.Reply{Headers: p.Attempt.Script.Headers}, faults: p.Faults}
		parts = append(parts, Part{groupID(group.name()), rows(group)})
	}
	return parts
}

func policyHead(p AttemptPanels) []Part {
	return []Part{
		{"policy-head", policyTitle(p)},
		{"policy-fault", notInForce("policy-fault", "the server still answers as before", ofScript(p.Faults, false))},
	}
}

// policyGroups are the replies, and the account, cache and surroundings.
func policyGroups(p AttemptPanels) (parts []Part) {
	for _, group := range p.Attempt.Policy.Groups() {
		parts = append(parts, Part{groupID(group.String()), rows(replyGroup(p, group))})
	}
	if account := p.Attempt.Policy.Account; account != nil {
		parts = append(parts, Part{"options-of-account", accountSet(*account, p.Faults)})
	}
	if cache := p.Attempt.Policy.Cache; cache != "" {
		parts = append(parts, Part{"options-of-cache", cacheSet(cache, p.Faults)})
	}
	if p.Scenario.IsSandbox() {
		parts = append(parts, Part{"surroundings", surroundings(shapeOf(p), p)})
	}
	return parts
}
