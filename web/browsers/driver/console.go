package driver

import "context"

// Line is a line of the console.
type Line struct {
	Source string // "network", "security", "javascript", …; "console" for calls of console.*
	Level  string // "error", "warning", …
	Text   string
	URL    string // of the resource or script that it is about, where the engine says so
}

// Console is what a browser wrote to its console.
type Console struct{ lines journal[Line] }

// Lines returns the lines so far.
func (c *Console) Lines() []Line { return c.lines.all() }

// WaitLine returns the first line that match accepts, and waits for it until
// ctx is done: a line can follow the script's answer by milliseconds.
func (c *Console) WaitLine(ctx context.Context, match func(Line) bool) (Line, error) {
	return c.lines.wait(ctx, match)
}
