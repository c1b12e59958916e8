package view

import "fmt"

// overviewStep is an arrow in the drawing on the home page.
type overviewStep struct {
	from, to, y int
	tone, label string
}

func (s overviewStep) middle() int { return (s.from + s.to) / 2 }

// arrow is the SVG path of the line and of its head, which is two strokes.
func (s overviewStep) arrow() string {
	back := -9
	if s.to < s.from {
		back = 9
	}
	return fmt.Sprintf("M%d %dH%dm%d -5l%d 5l%d 5", s.from, s.y, s.to, back, -back, back)
}

func overviewLife(x int) string { return fmt.Sprintf("M%d 28V208", x) }
