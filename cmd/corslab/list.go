package main

import (
	"fmt"
	"text/tabwriter"

	"corslab/cmd/internal/cli"
	"corslab/lab/cors"
	"corslab/lab/scenario"
)

type listCommand struct {
	chosen

	JSON bool `name:"json" help:"Print one JSON array."`
}

// listed is a scenario as list --json prints it.
type listed struct {
	ID      string         `json:"id"`
	Title   string         `json:"title"`
	Track   string         `json:"track"`
	Needs   []string       `json:"needs"`
	Minutes int            `json:"minutes"`
	Covers  []string       `json:"covers"`
	Expect  listedExpected `json:"expect"`
	File    string         `json:"file"`
}

type listedExpected struct {
	Outcome string                 `json:"outcome"`
	Cause   string                 `json:"cause"`
	Stage   string                 `json:"stage"`
	Errors  map[cors.Engine]string `json:"errors"`
}

// Run prints the scenarios in order.
func (c *listCommand) Run(std cli.Streams) error {
	lib, err := c.load()
	if err != nil {
		return cli.PrintProblems(std, err)
	}
	all := lib.All()
	if !c.JSON {
		table := tabwriter.NewWriter(std.Out, 0, 0, 2, ' ', 0)
		for _, s := range all {
			fmt.Fprintf(table, "%s\t%s\t%s\n", s.ID, s.Track, s.Title)
		}
		return table.Flush()
	}
	list := make([]listed, len(all))
	for i, s := range all {
		list[i] = newListed(s)
	}
	return cli.WriteJSON(std.Out, list)
}

func newListed(s *scenario.Scenario) listed {
	l := listed{ID: s.ID, Title: s.Title, Track: s.Track, Minutes: s.Minutes, File: s.File, Expect: listedExpected{
		Outcome: string(s.Expect.Outcome), Cause: string(s.Expect.Cause), Stage: string(s.Expect.Stage), Errors: s.Expect.Errors,
	}}
	l.Needs, l.Covers = append([]string{}, s.Needs...), append([]string{}, s.Covers...)
	if l.Expect.Errors == nil {
		l.Expect.Errors = map[cors.Engine]string{}
	}
	return l
}
