package view

import "fmt"

// overviewStep is an arrow of the drawing on the first page.
type overviewStep struct {
	from, to, y int
	tone, label string
}

func (s overviewStep) middle() int { return (s.from + s.to) / 2 }

// arrow is the line and, as two strokes, its head.
func (s overviewStep) arrow() string {
	back := -9
	if s.to < s.from {
		back = 9
	}
	return fmt.Sprintf("M%d %dH%dm%d -5l%d 5l%d 5", s.from, s.y, s.to, back, -back, back)
}

func overviewLife(x int) string { return fmt.Sprintf("M%d 28V208", x) }
