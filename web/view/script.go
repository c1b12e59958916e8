package view

import (
	"slices"
	"strings"

	"corslab/lab/scenario"
)

// wordChoice is a word of the script, and the words to choose from.
type wordChoice struct {
	name, chosen string
	words        []string
}

// choices lists the words that the learner can change.
func choices(p AttemptPanels) []wordChoice {
	script, switches := p.Attempt.Script, []string{"true", "false"}
	return slices.DeleteFunc([]wordChoice{
		{"method", script.Method, methods(p.Scenario)},
		{"mode", script.Mode, scenario.Modes()},
		{"credentials", script.Credentials, p.Scenario.Script.CredentialsModes()},
		{"crossorigin", script.CrossOrigin, scenario.CrossOrigins()},
		{"upload_listener", script.UploadListener, switches},
		{"stream", script.Stream, switches},
		{"via", script.Via, scenario.Vias()},
	}, func(c wordChoice) bool { return !p.Scenario.Allows("script." + c.name) })
}

// methods is the usual choice of methods.
func methods(s *scenario.Scenario) []string {
	if s.Script.Kind == "form" {
		return []string{"GET", "POST"}
	}
	return []string{"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"}
}

// withWord adds a word that a scenario uses and the usual choice lacks.
func withWord(words []string, word string) []string {
	if slices.Contains(words, word) {
		return words
	}
	return append(words, word)
}

// pathParts cuts code behind each slash of a path; not behind those of http://.
// The last line ends without a break, which would show as an empty one.
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
