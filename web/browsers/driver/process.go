package driver

import (
	"context"
	"fmt"
	"os/exec"
	"time"
)

// process is a running program, together with those that it started.
type process struct {
	cmd   *exec.Cmd
	stop  context.CancelFunc
	ended chan struct{} // closed when the program has ended
}

// startProcess starts a program that runs until ctx ends or close is called. prepare
// sets the command's environment and files.
func startProcess(ctx context.Context, prepare func(*exec.Cmd), program string, args ...string) (*process, error) {
	ctx, stop := context.WithCancel(ctx)
	cmd := exec.CommandContext(ctx, program, args...)
	prepare(cmd)
	ownProcessGroup(cmd)
	cmd.Cancel = func() error { return killGroup(cmd) }
	cmd.WaitDelay = time.Second // a grandchild may hold the output open
	if err := cmd.Start(); err != nil {
		stop()
		return nil, fmt.Errorf("start %s: %w", program, err)
	}
	p := &process{cmd: cmd, stop: stop, ended: make(chan struct{})}
	go p.wait()
	return p, nil
}

func (p *process) wait() {
	defer close(p.ended)
	_ = p.cmd.Wait()     // it is killed in the end, so this is always an error
	_ = killGroup(p.cmd) // children that it left behind
	p.stop()
}

// close ends the program and waits until it is gone.
func (p *process) close() {
	p.stop()
	<-p.ended
}
