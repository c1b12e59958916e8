// Command corslab runs the lab and works with its scenario files.
//
// Exit status: 0 if done, 1 if failed, 2 if the arguments are wrong.
package main

import (
	"context"

	"corslab/cmd/internal/cli"
)

func main() { cli.Main(run) }

type commands struct {
	Serve    serveCommand    `cmd:"" default:"withargs" help:"Run the lab (the default)."`
	List     listCommand     `cmd:"" help:"List the scenarios."`
	New      newCommand      `cmd:"" help:"Write a scenario file to start from."`
	Validate validateCommand `cmd:"" help:"Check scenario files; print what is wrong as file:line:col: message."`
	Schema   schemaCommand   `cmd:"" help:"Print the JSON Schema of scenario files, for editors."`
	Explain  explainCommand  `cmd:"" help:"Say what a browser does with recorded exchanges, and why."`
	Version  versionCommand  `cmd:"" help:"Print the version."`
}

// run is the program, apart from its process.
func run(ctx context.Context, args []string, std cli.Streams) (status int) {
	return cli.Run(ctx, "corslab", "An interactive lab in which you learn CORS in your own browser.", new(commands), args, std)
}
