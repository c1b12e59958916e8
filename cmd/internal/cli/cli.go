// Package cli has what all commands of this repository share: reading arguments,
// reporting errors, and ending.
package cli

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"strings"
	"unicode"

	"corslab/lab/scenario/format"

	"github.com/alecthomas/kong"
)

// Exit statuses.
const (
	Done    = 0
	Failed  = 1
	Misused = 2
)

// Streams are a command's input and output: results go to Out, and messages for people
// to Err.
type Streams struct {
	In       io.Reader
	Out, Err io.Writer
	Terminal bool // Err is a terminal
}

// ErrPrinted means that the error has already been printed.
var ErrPrinted = errors.New("already said")

// Misuse is a mistake of the caller of the command.
type Misuse struct{ Err error }

// Error returns the message of the wrapped error.
func (m Misuse) Error() string { return m.Err.Error() }

// Unwrap returns the wrapped error.
func (m Misuse) Unwrap() error { return m.Err }

// Main runs a command with the process's arguments and streams, and ends the process.
// The context is done after the first Ctrl+C, or when the terminal closes. A second
// Ctrl+C ends the process at once.
func Main(run func(ctx context.Context, args []string, std Streams) (status int)) {
	surviveClosedPipes()
	ctx, stop := signal.NotifyContext(context.Background(), endings()...)
	context.AfterFunc(ctx, stop)
	info, err := os.Stderr.Stat()
	terminal := err == nil && info.Mode()&os.ModeCharDevice != 0
	status := run(ctx, os.Args[1:], Streams{os.Stdin, os.Stdout, os.Stderr, terminal})
	stop()
	os.Exit(status)
}

// exit is how kong requests the end of the program, after --help.
type exit int

// Run parses the arguments into commands, a struct for kong, and runs the chosen
// command. It returns the exit status.
func Run(ctx context.Context, name, description string, commands any, args []string, std Streams) (status int) {
	out := &output{to: std.Out}
	std.Out = out
	defer func() { status = out.checked(name, status, std.Err) }()
	defer func() {
		switch reason := recover().(type) {
		case nil:
		case exit:
			status = int(reason)
		default:
			panic(reason)
		}
	}()
	parser, err := kong.New(commands,
		kong.Name(name),
		kong.Description(description),
		kong.Writers(std.Out, std.Err),
		kong.Exit(func(code int) { panic(exit(code)) }),
		kong.BindTo(ctx, (*context.Context)(nil)),
		kong.Bind(std),
		kong.ConfigureHelp(kong.HelpOptions{Compact: true}),
	)
	if err != nil {
		fmt.Fprintf(std.Err, "%s: %v\n", name, err)
		return Failed
	}
	command, err := parser.Parse(args)
	if out.err != nil { // the help couldn't be printed
		return Failed
	}
	if err != nil {
		fmt.Fprintf(std.Err, "%s: %s; %s --help tells more\n", name, oneLine(err), name)
		return Misused
	}
	return ended(name, out.others(command.Run()), std)
}

// ended prints the error of a command, and returns the exit status for it.
func ended(name string, err error, std Streams) (status int) {
	if err == nil {
		return Done
	}
	for _, one := range unsaid(err) {
		fmt.Fprintf(std.Err, "%s: %s\n", name, oneLine(one))
	}
	if errors.As(err, new(Misuse)) {
		return Misused
	}
	return Failed
}

// oneLine is an error's message on one line. Characters that control a terminal are
// replaced, because a file's name can have them.
func oneLine(err error) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsControl(r) {
			return unicode.ReplacementChar
		}
		return r
	}, strings.ReplaceAll(err.Error(), "\n", "; "))
}

// unsaid returns those of several joined errors that haven't been printed yet.
func unsaid(err error) (all []error) {
	if several, ok := err.(interface{ Unwrap() []error }); ok {
		for _, one := range several.Unwrap() {
			all = append(all, unsaid(one)...)
		}
		return all
	}
	if errors.Is(err, ErrPrinted) {
		return nil
	}
	return []error{err}
}

// WriteJSON writes a value as indented JSON.
func WriteJSON(to io.Writer, value any) error {
	encoder := json.NewEncoder(to)
	encoder.SetEscapeHTML(false)
	encoder.SetIndent("", "  ")
	return encoder.Encode(value)
}

// PrintProblems prints the problems of scenario files with the lines that they
// are about. Any other error it returns.
func PrintProblems(std Streams, err error) error {
	var problems format.Problems
	if !errors.As(err, &problems) {
		return err
	}
	for _, problem := range problems {
		fmt.Fprintln(std.Err, problem.Quoted())
	}
	return ErrPrinted
}
