package view

import (
	"corslab/lab/cors"
	"corslab/lab/origin"
	"corslab/lab/scenario"
)

func sandboxTitle(s *scenario.Scenario) string {
	if s.ID == scenario.SandboxID {
		return "Sandbox: try anything"
	}
	return "Sandbox: " + s.Title
}

// shapeOf returns the shape that the panels show.
func shapeOf(p AttemptPanels) scenario.Shape {
	if p.Attempt.Shape == nil {
		return scenario.Shape{}
	}
	return *p.Attempt.Shape
}

// ofShape is an input of what only a sandbox lets the learner set.
func ofShape(input scenario.Input) scenario.Field {
	return scenario.Field{Section: scenario.SectionShape, Input: input}
}

// shapeWord explains a choice of an input.
func shapeWord(input scenario.Input, word string, o origin.Set) string {
	switch {
	case input == scenario.InputFrom && scenario.Caller(word) == scenario.CallerNull:
		return "null: a sandboxed frame"
	case input == scenario.InputFrom:
		return originChoice(word, o)
	case input == scenario.InputIn && scenario.Context(word) == scenario.InWindow:
		return "a window of its own"
	case input == scenario.InputIn && scenario.Context(word) == scenario.InFrame:
		return "a frame of this page"
	case input == scenario.InputBody && word == "":
		return "none"
	}
	return word
}

// originChoice is a placeholder with the origin that it stands for.
func originChoice(name string, o origin.Set) string {
	if origin := o.Of(name); origin != "" {
		return name + ": " + origin
	}
	return name
}

// texts are words of a type as plain texts.
func texts[T ~string](words []T) []string {
	plain := make([]string, len(words))
	for i, word := range words {
		plain[i] = string(word)
	}
	return plain
}

// textOf labels the text of a body.
func textOf(body cors.BodyKind) string {
	if body == cors.FormBody {
		return "its fields, a line each: name=value"
	}
	return "its text"
}
