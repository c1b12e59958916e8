package main

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"syscall"

	"corslab/cmd/internal/cli"
	"corslab/lab/cors"
)

type explainCommand struct {
	Engine cors.Engine `name:"engine" enum:"standard,chromium,firefox,webkit" default:"standard" help:"Whose behaviour to explain: ${enum}."`
	File   string      `arg:"" optional:"" default:"-" help:"JSON Lines, one exchange a line; - for standard input."`
}

// maxLine is the longest line for one exchange, in bytes.
const maxLine = 4 << 20

// Run prints a verdict for every line, in order. If a line isn't an exchange, it prints
// a message to standard error and continues.
func (c *explainCommand) Run(ctx context.Context, std cli.Streams) error {
	in := std.In
	if c.File != "-" {
		file, err := openFile(c.File)
		if err != nil {
			return cli.Misuse{Err: fmt.Errorf("explain: %w", err)}
		}
		defer file.Close()
		in = file
	}
	// A read from a terminal can't be interrupted, but the command can.
	ended := make(chan error, 1)
	go func() { ended <- c.explain(in, std) }()
	select {
	case err := <-ended:
		return err
	case <-ctx.Done():
		return fmt.Errorf("explain: %w", context.Cause(ctx))
	}
}

// openFile opens a file for reading. It refuses directories.
func openFile(name string) (*os.File, error) {
	file, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	if info, err := file.Stat(); err == nil && info.IsDir() {
		file.Close()
		return nil, &os.PathError{Op: "open", Path: name, Err: syscall.EISDIR}
	}
	return file, nil
}

// byteOrderMark appears before the first line if some editors wrote the file.
const byteOrderMark = "\uFEFF"

// explain prints the verdicts for all lines of in.
func (c *explainCommand) explain(in io.Reader, std cli.Streams) error {
	lines := bufio.NewReaderSize(in, 64<<10)
	out := bufio.NewWriterSize(std.Out, 64<<10)
	encoder := json.NewEncoder(out)
	encoder.SetEscapeHTML(false)
	var bad error
	for number := 1; ; number++ {
		line, err := readLine(lines)
		if errors.Is(err, io.EOF) {
			break
		}
		if number == 1 {
			line = bytes.TrimSpace(bytes.TrimPrefix(line, []byte(byteOrderMark)))
		}
		if err == nil {
			err = c.explainLine(line, encoder)
		}
		var mistake mistakeError
		switch {
		case errors.As(err, &mistake):
			fmt.Fprintf(std.Err, "corslab: line %d: %v\n", number, mistake)
			bad = cli.ErrPrinted
		case err != nil:
			// If the output failed, this is the same error again.
			_ = out.Flush()
			return fmt.Errorf("explain: line %d: %w", number, err)
		}
		// If lines arrive one by one, print each verdict before the next line.
		if !wholeLineBuffered(lines) {
			if err := out.Flush(); err != nil {
				return fmt.Errorf("explain: %w", err)
			}
		}
	}
	if err := out.Flush(); err != nil {
		return fmt.Errorf("explain: %w", err)
	}
	return bad
}

// wholeLineBuffered reports whether the next line has already been read.
func wholeLineBuffered(lines *bufio.Reader) bool {
	buffered, _ := lines.Peek(lines.Buffered())
	return bytes.IndexByte(buffered, '\n') >= 0
}

// mistakeError is a mistake in a line of the input.
type mistakeError struct{ error }

// explainLine prints a line's verdict. Blank lines have none.
func (c *explainCommand) explainLine(line []byte, encoder *json.Encoder) error {
	if len(line) == 0 {
		return nil
	}
	exchange, err := cors.ParseExchange(line)
	if err != nil {
		return mistakeError{err}
	}
	return encoder.Encode(cors.Judge(exchange, c.Engine))
}

// readLine returns the next line without its end and surrounding spaces, and io.EOF
// after the last one.
func readLine(lines *bufio.Reader) ([]byte, error) {
	line, err := lines.ReadSlice('\n')
	if errors.Is(err, bufio.ErrBufferFull) {
		line, err = readLongLine(lines, line)
	}
	if errors.Is(err, io.EOF) && len(line) > 0 {
		err = nil
	}
	return bytes.TrimSpace(line), err
}

// readLongLine reads the rest of a line that is longer than the reader's buffer. It
// discards a line that is too long.
func readLongLine(lines *bufio.Reader, begun []byte) ([]byte, error) {
	whole := bytes.Clone(begun)
	tooLong := false
	for {
		part, err := lines.ReadSlice('\n')
		if !tooLong {
			whole = append(whole, part...)
		}
		if len(whole) > maxLine {
			whole, tooLong = nil, true
		}
		switch {
		case errors.Is(err, bufio.ErrBufferFull):
		case tooLong:
			return nil, mistakeError{fmt.Errorf("longer than %d bytes; want one exchange a line", maxLine)}
		default:
			return whole, err
		}
	}
}
