package view

import (
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

// ofShape returns the field of an input that only sandboxes have.
func ofShape(name string) scenario.Field {
	return scenario.Field{Section: scenario.SectionShape, Name: name}
}

// shapeWord labels one choice of a shape.
func shapeWord(part, word string, o origin.Set) string {
	switch {
	case part == "from" && word == "null":
		return "null: a sandboxed frame"
	case part == "from" && o.Of(word) != "":
		return word + ": " + o.Of(word)
	case part == "in" && word == "window":
		return "a window of its own"
	case part == "in" && word == "frame":
		return "a frame of this page"
	case part == "body" && word == "":
		return "none"
	}
	return word
}

// texts converts words of a string type to strings.
func texts[T ~string](words []T) []string {
	plain := make([]string, len(words))
	for i, word := range words {
		plain[i] = string(word)
	}
	return plain
}

// textOf labels the text of a body.
func textOf(body scenario.BodyKind) string {
	if body == scenario.BodyForm {
		return "its fields, a line each: name=value"
	}
	return "its text"
}
