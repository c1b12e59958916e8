package main

import "corslab/scenarios"

type schemaCommand struct{}

// Run prints the JSON Schema of scenario files on standard output.
func (*schemaCommand) Run(std streams) error {
	_, err := std.out.Write(scenarios.Schema)
	return err
}
