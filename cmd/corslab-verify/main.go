// Command corslab-verify plays scenario files in real browsers, headless, and reports
// where a browser doesn't do what a file says.
//
// Exit status: 0 if everything is as the files say, 1 if not or if it couldn't be
// played, 2 if the arguments are wrong.
package main

import (
	"context"

	"corslab/cmd/internal/cli"
)

func main() { cli.Main(run) }

// run is the program, apart from its process.
func run(ctx context.Context, args []string, std cli.Streams) (status int) {
	const about = "Play scenario files in real browsers: the start, every solution and every wrong answer."
	return cli.Run(ctx, "corslab-verify", about, new(verifyCommand), args, std)
}
