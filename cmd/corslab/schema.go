package main

import (
	"corslab/cmd/internal/cli"
	"corslab/scenarios"
)

type schemaCommand struct{}

// Run prints the JSON Schema of scenario files on standard output.
func (*schemaCommand) Run(std cli.Streams) error {
	_, err := std.Out.Write(scenarios.Schema)
	return err
}
