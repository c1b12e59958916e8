package main

import (
	"corslab/scenarios"

	"corslab/cmd/internal/program"
)

type schemaCommand struct{}

// Run prints the JSON Schema of scenario files on standard output.
func (*schemaCommand) Run(std program.Streams) error {
	_, err := std.Out.Write(scenarios.Schema)
	return err
}
