package browser

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"regexp"
	"strings"

	"github.com/creack/pty"
)

// MiniBrowser is a running WebKitGTK whose console can be read. Nothing but
// the page itself drives it.
type MiniBrowser struct {
	Console

	display *display
	process *process
	screen  *os.File      // the pseudo-terminal
	ended   chan struct{} // closed when the last line was read
}

// StartMiniBrowser opens an address in a fresh WebKitGTK on a display of its
// own. It ends when ctx does, or with Close. The error is a [*MissingError]
// where a program is missing.
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

// start runs the program on a pseudo-terminal: to a pipe it writes the lines
// of its console late, in blocks.
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

// consoleLine is what WebKit prints of a line of its console: where it comes
// from, if a script wrote it; the source, if it is not the script; the level;
// the text.
var consoleLine = regexp.MustCompile(`^(?:(\S+?)(?::\d+)*: )?CONSOLE (?:([A-Z]+) )??(LOG|INFO|DEBUG|WARN|WARNING|ERROR)(?: (.*))?$`)

func parseLine(text string) (Line, bool) {
	parts := consoleLine.FindStringSubmatch(text)
	if parts == nil {
		return Line{}, false
	}
	source := strings.ToLower(parts[2])
	if source == "" {
		source = "console"
	}
	return Line{Source: source, Level: strings.ToLower(parts[3]), Text: parts[4], URL: parts[1]}, true
}

// Close ends the browser and its display.
func (m *MiniBrowser) Close() error {
	if m.process != nil {
		m.process.close()
	}
	err := ignoreClosed(m.screen)
	<-m.ended
	return errors.Join(err, m.display.close())
}

func ignoreClosed(c io.Closer) error {
	if err := c.Close(); err != nil && !errors.Is(err, os.ErrClosed) {
		return err
	}
	return nil
}
