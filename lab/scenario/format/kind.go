package format

import (
	"slices"

	"corslab/lab/cors"
	"corslab/lab/internal/phrase"
	"corslab/lab/scenario"

	"go.yaml.in/yaml/v4"
)

// fits reports the keys and the values of a script that its kind does not allow.
func (r *reader) fits(path string, node *yaml.Node, s scenario.Script) {
	if node.Kind != yaml.MappingNode || s.Kind == "" {
		return
	}
	for name, value := range pairs(node) {
		at, input := join(path, name.Value), scenario.Input(name.Value)
		if with := scenario.KindsWith(input); with != nil && !s.Kind.Has(input) {
			r.report(name, "%s: found it with kind %s; want it with %s only", at, s.Kind, phrase.OneOf(phrase.Words(with)))
			continue
		}
		switch setting, known := scenario.SettingNamed(input); {
		case input == scenario.InputStream && s.Body.Kind != cors.TextBody:
			r.report(value, "%s: found it without a text to send; want it with a body of text", at)
		case input == scenario.InputBody && !slices.Contains(s.Kind.Bodies(), s.Sends()) && s.Sends() != "":
			r.report(value, "%s: found %s with kind %s; want %s", at, phrase.Brief(string(s.Sends())), s.Kind, phrase.OneOf(phrase.Words(s.Kind.Bodies())))
		case known && !setting.Allows(s.Kind, value.Value) && setting.AllowsSomewhere(value.Value):
			r.report(value, "%s: found %s with kind %s; want %s", at, describe(value), s.Kind, phrase.OneOf(setting.Words(s.Kind)))
		}
	}
}

// changeFits reports something that the learner may change although scripts of this
// kind do not have it.
func (r *reader) changeFits(path string, node *yaml.Node, s scenario.Script) {
	part := scenario.Changeable(node.Value)
	input := part.Input()
	if input == "" || s.Kind == "" || !slices.Contains(scenario.Changeables(), part) || s.Has(input) {
		return
	}
	if input == scenario.InputStream {
		r.report(node, "%s: found %s with a body that is no stream; want a script with body {stream: …}", path, node.Value)
		return
	}
	r.report(node, "%s: found %s with kind %s; want it with %s only", path, node.Value, s.Kind, phrase.OneOf(phrase.Words(scenario.KindsWith(input))))
}
