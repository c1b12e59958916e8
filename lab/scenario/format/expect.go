package format

import (
	"corslab/lab/cors"
	"corslab/lab/internal/phrase"
	"corslab/lab/scenario"

	"go.yaml.in/yaml/v4"
)

func (r *reader) expect(place string, node *yaml.Node) scenario.Expect {
	var e scenario.Expect
	keys := append(r.expectedKeys(&e),
		key{"errors", false, func(place string, node *yaml.Node) { e.Errors = r.errors(place, node) }},
		key{"sent", false, func(place string, node *yaml.Node) { e.Sent = r.texts(place, node, r.method) }},
	)
	for _, engine := range phrase.Words(cors.Browsers()) {
		keys = append(keys, key{engine, false, func(place string, node *yaml.Node) {
			var other scenario.Expect
			r.expected(place, node, &other, r.expectedKeys(&other))
			if e.Others == nil {
				e.Others = make(map[string]scenario.Expect)
			}
			e.Others[engine] = other
		}})
	}
	r.expected(place, node, &e, keys)
	return e
}

// expectedKeys are the keys that say how a run ends.
func (r *reader) expectedKeys(e *scenario.Expect) []key {
	return []key{
		{"outcome", true, func(place string, node *yaml.Node) {
			e.Outcome = cors.Outcome(r.word(place, node, phrase.Words(cors.Outcomes())))
		}},
		{"cause", false, func(place string, node *yaml.Node) {
			e.Cause = cors.Cause(r.word(place, node, phrase.Words(cors.Causes())))
		}},
		{"stage", false, func(place string, node *yaml.Node) {
			e.Stage = cors.Stage(r.word(place, node, phrase.Words(cors.Stages())))
		}},
	}
}

// expected reads how a run ends, and checks that it says so consistently.
func (r *reader) expected(place string, node *yaml.Node, e *scenario.Expect, keys []key) {
	before := len(r.problems)
	r.mapping(place, node, keys...)
	r.grammar.becauseBlocked(place)
	if blocked := e.Outcome == cors.Blocked; len(r.problems) == before && (blocked != (e.Cause != "") || blocked != (e.Stage != "")) {
		r.report(node, "%s: found outcome %q, cause %q and stage %q; want a cause and a stage where the outcome is blocked, and neither elsewhere",
			place, e.Outcome, e.Cause, e.Stage)
	}
}

func (r *reader) errors(place string, node *yaml.Node) map[string]string {
	names := make(map[string]string)
	var keys []key
	for _, engine := range phrase.Words(cors.Browsers()) {
		keys = append(keys, key{engine, false, func(place string, node *yaml.Node) { names[engine] = r.text(place, node) }})
	}
	r.mapping(place, node, keys...)
	return names
}
