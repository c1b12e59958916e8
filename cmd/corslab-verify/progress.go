package main

import (
	"fmt"

	"corslab/cmd/internal/cli"
	"corslab/web/browsers/play"
)

// progress is a line on a terminal that says how far the play has come.
type progress struct {
	std cli.Streams
	all int
}

func newProgress(std cli.Streams, all int) *progress {
	p := &progress{std, all}
	p.line("0 of %d", all)
	return p
}

// show names what was played last.
func (p *progress) show(played int, last play.Result) {
	p.line("%d of %d: %s in %s", played, p.all, last.Scenario.ID, last.Engine)
}

// clear takes the line away.
func (p *progress) clear() { p.line("") }

func (p *progress) line(format string, args ...any) {
	if p.std.Terminal {
		const erase = "\r\x1b[K"
		fmt.Fprintf(p.std.Err, erase+format, args...)
	}
}
