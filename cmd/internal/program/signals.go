package program

import (
	"os"
	"os/signal"
	"syscall"
)

// surviveClosedPipes keeps the process running where the reader of standard
// output or standard error is gone: the write fails with EPIPE instead. The
// signal is caught and not ignored, because a program that this one starts would
// inherit the latter.
func surviveClosedPipes() {
	signal.Notify(make(chan os.Signal, 1), syscall.SIGPIPE)
}

// endings are the signals that end a command in order. A closed terminal is one
// of them, but not under nohup.
func endings() []os.Signal {
	all := []os.Signal{os.Interrupt, syscall.SIGTERM}
	if !signal.Ignored(syscall.SIGHUP) {
		all = append(all, syscall.SIGHUP)
	}
	return all
}
