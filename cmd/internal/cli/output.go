package cli

import (
	"errors"
	"fmt"
	"io"
	"syscall"
)

// output is standard output. It remembers the first write that failed, so that
// commands needn't check every write, and writes nothing after that.
type output struct {
	to  io.Writer
	err error
}

// Write writes to the underlying writer, until that fails.
func (o *output) Write(p []byte) (n int, err error) {
	if o.err != nil {
		return 0, o.err
	}
	n, o.err = o.to.Write(p)
	return n, o.err
}

// others returns the error of a command, unless it is an output error, which checked
// reports.
func (o *output) others(err error) error {
	if o.err != nil && errors.Is(err, o.err) {
		return ErrPrinted
	}
	return err
}

// checked is the exit status. A failed write is an error in every command. If the
// reader is gone, it has seen what it wanted, so there is no message.
func (o *output) checked(name string, status int, errs io.Writer) int {
	if o.err == nil {
		return status
	}
	if !errors.Is(o.err, syscall.EPIPE) {
		fmt.Fprintf(errs, "%s: standard output: %s\n", name, oneLine(o.err))
	}
	return max(status, Failed)
}
