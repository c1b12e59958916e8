package driver

import "context"

// Line is a message in the console.
type Line struct {
	Source string // "network", "security", "javascript", …; "console" for calls of console.*
	Level  string // "error", "warning", …
	Text   string
	URL    string // of the resource or script that it is about, if the engine says so
}

// Console is what a browser wrote to its console.
type Console struct{ lines journal[Line] }

// Lines returns the messages so far.
func (c *Console) Lines() []Line { return c.lines.all() }

// WaitLine returns the first message that match accepts. It waits for it until ctx is
// done, because a message can follow the script's result by milliseconds.
func (c *Console) WaitLine(ctx context.Context, match func(Line) bool) (Line, error) {
	return c.lines.wait(ctx, match)
}
