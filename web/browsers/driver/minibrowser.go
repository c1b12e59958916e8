package driver

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"strconv"
	"strings"

	"github.com/creack/pty"
)

// MiniBrowser is a running WebKitGTK whose console can be read. Only the page itself
// drives it.
type MiniBrowser struct {
	Console

	display *display
	process *process
	screen  *os.File      // the pseudo-terminal
	ended   chan struct{} // closed when the last line was read
}

// StartMiniBrowser opens an address in a fresh WebKitGTK on a display of its own. The
// browser ends with ctx, or with Close. If a program is missing, the error is a
// [*MissingError].
func StartMiniBrowser(ctx context.Context, url string) (*MiniBrowser, error) {
	programs, err := FindWebKit()
	if err != nil {
		return nil, err
	}
	display, err := startDisplay(ctx, programs.Xvfb)
	if err != nil {
		return nil, err
	}
	m := &MiniBrowser{display: display, ended: make(chan struct{})}
	if err := m.start(ctx, programs.MiniBrowser, url); err != nil {
		close(m.ended)
		return nil, errors.Join(err, m.Close())
	}
	go m.read()
	return m, nil
}

// start runs the program on a pseudo-terminal, because it would buffer its console
// messages if it wrote to a pipe.
func (m *MiniBrowser) start(ctx context.Context, path, url string) error {
	screen, terminal, err := pty.Open()
	if err != nil {
		return fmt.Errorf("open a terminal: %w", err)
	}
	m.screen = screen
	connect := func(cmd *exec.Cmd) {
		cmd.Stdout, cmd.Stderr = terminal, terminal
		cmd.Env = m.display.environ()
	}
	m.process, err = startProcess(ctx, connect, path, "--enable-write-console-messages-to-stdout=true", url)
	return errors.Join(err, terminal.Close())
}

func (m *MiniBrowser) read() {
	defer close(m.ended)
	for lines := bufio.NewReader(m.screen); ; {
		text, err := lines.ReadString('\n')
		if line, ok := parseLine(strings.TrimRight(text, "\r\n")); ok {
			m.lines.add(line)
		}
		if err != nil {
			return
		}
	}
}

// parseLine parses WebKit's output for a console message: the address and position that
// it is about, if any; CONSOLE; the source, if that isn't a script; the level; the text.
//
//	http://localhost:8080/a.js:3:9: CONSOLE JS ERROR TypeError: null
func parseLine(text string) (Line, bool) {
	const marker = "CONSOLE "
	about, rest, ok := "", text, false
	if rest, ok = strings.CutPrefix(text, marker); !ok {
		if about, rest, ok = strings.Cut(text, ": "+marker); !ok || strings.Contains(about, " ") {
			return Line{}, false
		}
	}
	line := Line{Source: "console", URL: withoutPosition(about)}
	level, rest, _ := strings.Cut(rest, " ")
	if !isLevel(level) {
		line.Source = strings.ToLower(level)
		level, rest, _ = strings.Cut(rest, " ")
	}
	line.Level, line.Text = strings.ToLower(level), rest
	return line, isLevel(level)
}

func isLevel(word string) bool {
	switch word {
	case "LOG", "INFO", "DEBUG", "WARN", "WARNING", "ERROR":
		return true
	}
	return false
}

// withoutPosition removes line and column from an address.
func withoutPosition(address string) string {
	for {
		at := strings.LastIndexByte(address, ':')
		if _, err := strconv.ParseUint(address[at+1:], 10, 64); at < 0 || err != nil {
			return address
		}
		address = address[:at]
	}
}

// Close ends the browser and its display.
func (m *MiniBrowser) Close() error {
	if m.process != nil {
		m.process.close()
	}
	var err error
	if m.screen != nil {
		err = ignoreClosed(m.screen)
	}
	<-m.ended
	return errors.Join(err, m.display.close())
}

func ignoreClosed(c io.Closer) error {
	if err := c.Close(); err != nil && !errors.Is(err, os.ErrClosed) {
		return err
	}
	return nil
}
