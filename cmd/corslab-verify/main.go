// Command corslab-verify plays scenario files in real browsers, headless, and
// says in which points a browser does otherwise than a file says.
//
// Exit status: 0 all is as the files say, 1 it is not or could not be played, 2
// called wrongly.
package main

import (
	"context"

	"corslab/cmd/internal/cli"
)

func main() { cli.Main(run) }

// run is the program but for the process around it.
func run(ctx context.Context, args []string, std cli.Streams) (status int) {
	const about = "Play scenario files in real browsers: the start, every solution and every wrong answer."
	return cli.Run(ctx, "corslab-verify", about, new(verifyCommand), args, std)
}
