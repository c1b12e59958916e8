// Command corslab-verify plays scenario files in real browsers, headless, and
// says in which points a browser does otherwise than a file says.
//
// Exit status: 0 all is as the files say, 1 it is not or could not be played, 2
// called wrongly.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"syscall"

	"github.com/alecthomas/kong"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	context.AfterFunc(ctx, stop) // a second Ctrl+C ends it at once
	status := run(ctx, os.Args[1:], streams{os.Stdout, os.Stderr, isTerminal(os.Stderr)})
	stop()
	os.Exit(status)
}

// Exit statuses.
const (
	done    = 0
	failed  = 1
	misused = 2
)

// streams are what the command writes to: the report to out, everything else to
// err.
type streams struct {
	out, err io.Writer
	terminal bool // err is one
}

func isTerminal(file *os.File) bool {
	info, err := file.Stat()
	return err == nil && info.Mode()&os.ModeCharDevice != 0
}

// exit is how kong asks to end the program, after --help.
type exit int

// run is the program but for the process around it.
func run(ctx context.Context, args []string, std streams) (status int) {
	defer func() {
		switch reason := recover().(type) {
		case nil:
		case exit:
			status = int(reason)
		default:
			panic(reason)
		}
	}()
	var command verifyCommand
	parser, err := kong.New(&command,
		kong.Name("corslab-verify"),
		kong.Description("Play scenario files in real browsers: the start, every solution and every wrong answer."),
		kong.Writers(std.out, std.err),
		kong.Exit(func(code int) { panic(exit(code)) }),
	)
	if err != nil {
		fmt.Fprintln(std.err, "corslab-verify:", err)
		return failed
	}
	if _, err := parser.Parse(args); err != nil {
		fmt.Fprintf(std.err, "corslab-verify: %v; corslab-verify --help tells more\n", err)
		return misused
	}
	switch err := command.run(ctx, std); {
	case err == nil:
		return done
	case errors.Is(err, errSaid):
		return failed
	default:
		fmt.Fprintln(std.err, "corslab-verify:", err)
		if errors.As(err, new(misuse)) {
			return misused
		}
		return failed
	}
}

// errSaid means that what is wrong has been printed.
var errSaid = errors.New("already said")

// misuse is an error of the one who called the command.
type misuse struct{ error }
