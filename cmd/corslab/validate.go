package main

import (
	"errors"
	"fmt"

	"corslab/cmd/internal/cli"
	"corslab/lab/scenario/format"
)

type validateCommand struct {
	Only  bool     `name:"only" help:"For files that are served with --only: leave the shipped scenarios out."`
	JSON  bool     `name:"json" help:"Print one JSON array of problems."`
	Paths []string `arg:"" name:"path" help:"Scenario files, or folders of them."`
}

// Help is the additional text of --help.
func (c *validateCommand) Help() string {
	return "Says what is wrong with the files' form, and, by asking the judge, with what they say: a start that is solved " +
		"already, a solution that does not solve, a wrong answer that does, an end that no browser comes to. What a file needs, " +
		"and whose id is taken, is looked for in its folder, the other named folders and the shipped scenarios.\n\n" +
		"Exit status: 0 no problem, 1 problems, 2 a path that cannot be read."
}

// problem is a problem as validate --json prints it.
type problem struct {
	File    string `json:"file"`
	Line    int    `json:"line"`
	Column  int    `json:"column"`
	Message string `json:"message"`
	Excerpt string `json:"excerpt"` // the line with a caret below it; empty if the problem has no position
}

// Run prints every problem of the named files on standard output.
func (c *validateCommand) Run(std cli.Streams) error {
	named := named{files: make(map[string][]string)}
	defer named.folders.Close()
	var unread []error
	for _, path := range c.Paths {
		if err := named.add(path); err != nil {
			unread = append(unread, cli.Misuse{Err: fmt.Errorf("validate: %w", err)})
		}
	}
	problems, err := named.problems(c.Only)
	if err != nil {
		return err
	}
	if err := c.print(std, problems); err != nil {
		return err
	}
	if len(problems) > 0 {
		unread = append(unread, cli.ErrPrinted)
	}
	return errors.Join(unread...)
}

func (c *validateCommand) print(std cli.Streams, problems format.Problems) error {
	if !c.JSON {
		for _, p := range problems {
			fmt.Fprintln(std.Out, p.Quoted())
		}
		return nil
	}
	all := make([]problem, len(problems))
	for i, p := range problems {
		all[i] = problem(p)
	}
	return cli.WriteJSON(std.Out, all)
}
