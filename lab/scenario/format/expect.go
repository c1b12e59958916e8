package format

import (
	"corslab/lab/cors"
	"corslab/lab/scenario"

	"go.yaml.in/yaml/v4"
)

// expectForm is how a run of the start ends, and how it ends in a browser that
// differs from the standard.
func expectForm(e *scenario.Expect) form {
	keys := append(endKeys(&e.End),
		optional("errors", errorsForm(&e.Errors)),
		optional("sent", list(&e.Sent, method.into)),
	)
	for _, browser := range cors.Browsers() {
		keys = append(keys, optional(string(browser), entry(&e.Others, browser, func(other *scenario.End) form {
			return endForm(other, endKeys(other))
		})))
	}
	return endForm(&e.End, keys)
}

// endKeys are the keys that say how a run ends.
func endKeys(e *scenario.End) []key {
	return []key{
		required("outcome", word(cors.Outcomes()).into(&e.Outcome)),
		optional("cause", word(cors.Causes()).into(&e.Cause)),
		optional("stage", word(cors.Stages()).into(&e.Stage)),
	}
}

// endForm is how a run ends: with a cause and a stage exactly if it was blocked.
func endForm(e *scenario.End, keys []key) form {
	return mapping(keys...).and(becauseBlocked).consistent(func(r *reader, path string, node *yaml.Node) {
		if blocked := e.Outcome == cors.Blocked; blocked != (e.Cause != "") || blocked != (e.Stage != "") {
			r.report(node, "%s: found outcome %q, cause %q and stage %q; want a cause and a stage where the outcome is blocked, and neither elsewhere",
				path, e.Outcome, e.Cause, e.Stage)
		}
	})
}

// errorsForm is each browser's own name of the failure.
func errorsForm(names *map[cors.Engine]string) form {
	var keys []key
	for _, browser := range cors.Browsers() {
		keys = append(keys, optional(string(browser), entry(names, browser, text.into)))
	}
	return mapping(keys...)
}
