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

// longestLine bounds one exchange, in bytes.
const longestLine = 4 << 20

// Run answers every line with a verdict, in order. A line that is no exchange
// is told of on standard error, and the others are answered all the same.
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
	// A read from a terminal cannot be interrupted; the command can.
	ended := make(chan error, 1)
	go func() { ended <- c.explain(in, std) }()
	select {
	case err := <-ended:
		return err
	case <-ctx.Done():
		return fmt.Errorf("explain: %w", context.Cause(ctx))
	}
}

// openFile opens a file to read, and no directory.
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

// byteOrderMark is what some editors write before the first line.
const byteOrderMark = "\uFEFF"

// explain answers all lines of in.
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
			err = c.answer(line, encoder)
		}
		var mistake mistakeError
		switch {
		case errors.As(err, &mistake):
			fmt.Fprintf(std.Err, "corslab: line %d: %v\n", number, mistake)
			bad = cli.ErrSaid
		case err != nil:
			// Where the output failed, this is the same error once more.
			_ = out.Flush()
			return fmt.Errorf("explain: line %d: %w", number, err)
		}
		// Where the lines come one by one, each is answered before the next.
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

// wholeLineBuffered reports whether the next line needs no reading.
func wholeLineBuffered(lines *bufio.Reader) bool {
	buffered, _ := lines.Peek(lines.Buffered())
	return bytes.IndexByte(buffered, '\n') >= 0
}

// mistakeError is what is wrong with a line of the input.
type mistakeError struct{ error }

// answer writes the verdict on one line; a blank one has none.
func (c *explainCommand) answer(line []byte, encoder *json.Encoder) error {
	if len(line) == 0 {
		return nil
	}
	exchange, err := cors.ParseExchange(line)
	if err != nil {
		return mistakeError{err}
	}
	return encoder.Encode(cors.Judge(exchange, c.Engine))
}

// readLine returns the next line without its end and the blanks around it, and
// io.EOF after the last.
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

// readLongLine reads on where a line is longer than the reader's buffer; of a
// line beyond the bound it keeps nothing.
func readLongLine(lines *bufio.Reader, begun []byte) ([]byte, error) {
	whole := bytes.Clone(begun)
	tooLong := false
	for {
		part, err := lines.ReadSlice('\n')
		if !tooLong {
			whole = append(whole, part...)
		}
		if len(whole) > longestLine {
			whole, tooLong = nil, true
		}
		switch {
		case errors.Is(err, bufio.ErrBufferFull):
		case tooLong:
			return nil, mistakeError{fmt.Errorf("longer than %d bytes; want one exchange a line", longestLine)}
		default:
			return whole, err
		}
	}
}
