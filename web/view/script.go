package view

import (
	"slices"
	"strings"

	"corslab/lab/scenario"
)

// settingChoice is a setting of the script with the words to choose from.
type settingChoice struct {
	setting scenario.Setting
	chosen  string
	words   []string
}

// choices lists the settings that the learner can change.
func choices(p AttemptPanels) []settingChoice {
	var all []settingChoice
	for _, setting := range scenario.Settable() {
		if !p.Scenario.Allows(setting.Changeable()) {
			continue
		}
		words := setting.Words(p.Scenario.Script.Kind)
		if words == nil {
			words = []string{"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"}
		}
		chosen := setting.Of(p.Attempt.Script)
		all = append(all, settingChoice{setting, chosen, withWord(words, chosen)})
	}
	return all
}

// withWord adds the scenario's word if it isn't among the usual ones.
func withWord(words []string, word string) []string {
	if slices.Contains(words, word) {
		return words
	}
	return append(words, word)
}

// pathParts cuts code after each slash of a path, but not after those of http://. It
// drops the final line break, which would show as an empty line.
func pathParts(code string) []string {
	code = strings.TrimSuffix(code, "\n")
	var parts []string
	begin := 0
	for i := 1; i+1 < len(code); i++ {
		if code[i] == '/' && code[i-1] != '/' && code[i+1] != '/' {
			parts = append(parts, code[begin:i+1])
			begin = i + 1
		}
	}
	return append(parts, code[begin:])
}
