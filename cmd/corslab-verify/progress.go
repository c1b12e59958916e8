package main

import (
	"fmt"

	"corslab/cmd/internal/cli"
	"corslab/web/browsers/play"
)

// progress is a line on a terminal that shows the progress.
type progress struct {
	std cli.Streams
	all int
}

func newProgress(std cli.Streams, all int) *progress {
	p := &progress{std, all}
	p.line("0 of %d", all)
	return p
}

// show shows the last result.
func (p *progress) show(played int, last play.Result) {
	p.line("%d of %d: %s in %s", played, p.all, last.Scenario.ID, last.Engine)
}

// clear removes the line.
func (p *progress) clear() { p.line("") }

func (p *progress) line(format string, args ...any) {
	if p.std.Terminal {
		const erase = "\r\x1b[K"
		fmt.Fprintf(p.std.Err, erase+format, args...)
	}
}
