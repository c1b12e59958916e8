package main

import (
	"fmt"
	"runtime/debug"

	"corslab/cmd/internal/cli"
)

type versionCommand struct{}

// Run prints the version.
func (versionCommand) Run(std cli.Streams) error {
	_, err := fmt.Fprintln(std.Out, "corslab", version())
	return err
}

// version is the module's version, as the build recorded it.
func version() string {
	info, ok := debug.ReadBuildInfo()
	if !ok || info.Main.Version == "" {
		return "(devel)"
	}
	return info.Main.Version
}
