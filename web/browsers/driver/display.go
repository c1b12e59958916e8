package driver

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"strings"
)

// display is a screen in memory, with a home folder for a browser.
type display struct {
	process *process
	name    string // as in DISPLAY
	home    string
}

// startDisplay starts Xvfb on a free display.
func startDisplay(ctx context.Context, xvfb string) (*display, error) {
	home, err := os.MkdirTemp("", "corslab-webkit-") // of mode 700, as XDG_RUNTIME_DIR must be
	if err != nil {
		return nil, fmt.Errorf("make a home: %w", err)
	}
	d := &display{home: home}
	if err := d.start(ctx, xvfb); err != nil {
		return nil, fmt.Errorf("start a display: %w", errors.Join(err, d.close()))
	}
	return d, nil
}

func (d *display) start(ctx context.Context, xvfb string) error {
	output, input, err := os.Pipe()
	if err != nil {
		return err
	}
	defer output.Close()
	pass := func(cmd *exec.Cmd) { cmd.ExtraFiles = []*os.File{input} }
	d.process, err = startProcess(ctx, pass, xvfb, "-displayfd", "3", "-nolisten", "tcp", "-screen", "0", "1280x1024x24")
	err = errors.Join(err, input.Close())
	if err != nil {
		return err
	}
	number, err := bufio.NewReader(output).ReadString('\n')
	if err != nil {
		return fmt.Errorf("%s named no display: %w", xvfb, err)
	}
	d.name = ":" + strings.TrimSpace(number)
	return nil
}

// environ returns the environment for a WebKit that draws on the display and leaves no
// files elsewhere.
func (d *display) environ() []string {
	return append(os.Environ(),
		"DISPLAY="+d.name,
		"GDK_BACKEND=x11",
		"LIBGL_ALWAYS_SOFTWARE=1",
		"WEBKIT_DISABLE_COMPOSITING_MODE=1",
		"WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS=1", // root can't use it, such as in a container
		"HOME="+d.home,
		"XDG_RUNTIME_DIR="+d.home,
		"XDG_DATA_HOME="+d.home+"/data",
		"XDG_CACHE_HOME="+d.home+"/cache",
		"XDG_CONFIG_HOME="+d.home+"/config",
		"NO_AT_BRIDGE=1",
		"GTK_USE_PORTAL=0",
	)
}

func (d *display) close() error {
	if d.process != nil {
		d.process.close()
	}
	return os.RemoveAll(d.home)
}
