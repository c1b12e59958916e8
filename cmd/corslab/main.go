// Command corslab runs the lab and works with its scenario files.
//
// Exit status: 0 done, 1 failed, 2 called wrongly.
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
	defer stop()
	os.Exit(run(ctx, os.Args[1:], streams{os.Stdin, os.Stdout, os.Stderr}))
}

// Exit statuses.
const (
	done    = 0
	failed  = 1
	misused = 2
)

// streams are what a command reads from and writes to: results to out,
// everything said to a person to err.
type streams struct {
	in       io.Reader
	out, err io.Writer
}

type commands struct {
	Serve    serveCommand    `cmd:"" default:"withargs" help:"Run the lab (the default)."`
	List     listCommand     `cmd:"" help:"List the scenarios."`
	New      newCommand      `cmd:"" help:"Write a scenario file to start from."`
	Validate validateCommand `cmd:"" help:"Check scenario files; print what is wrong as file:line:col: message."`
	Schema   schemaCommand   `cmd:"" help:"Print the JSON Schema of scenario files, for editors."`
	Explain  explainCommand  `cmd:"" help:"Say what a browser does with recorded exchanges, and why."`
	Version  versionCommand  `cmd:"" help:"Print the version."`
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
	var cli commands
	parser, err := kong.New(&cli,
		kong.Name("corslab"),
		kong.Description("An interactive lab in which you learn CORS in your own browser."),
		kong.Writers(std.out, std.err),
		kong.Exit(func(code int) { panic(exit(code)) }),
		kong.BindTo(ctx, (*context.Context)(nil)),
		kong.Bind(std),
		kong.ConfigureHelp(kong.HelpOptions{Compact: true}),
	)
	if err != nil {
		fmt.Fprintln(std.err, "corslab:", err)
		return failed
	}
	command, err := parser.Parse(args)
	if err != nil {
		fmt.Fprintf(std.err, "corslab: %v; corslab --help lists the commands\n", err)
		return misused
	}
	switch err := command.Run(); {
	case err == nil:
		return done
	case errors.Is(err, errSaid):
		return failed
	default:
		fmt.Fprintln(std.err, "corslab:", err)
		if errors.As(err, new(misuse)) {
			return misused
		}
		return failed
	}
}

// errSaid means that the command has printed what is wrong.
var errSaid = errors.New("already said")

// misuse is an error of the one who called the command.
type misuse struct{ error }
