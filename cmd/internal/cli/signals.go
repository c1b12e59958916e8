package cli

import (
	"os"
	"os/signal"
	"syscall"
)

// surviveClosedPipes keeps the process running if the reader of standard output or
// standard error is gone. The write then fails with EPIPE. It catches the signal and
// doesn't ignore it, because programs that this one starts would inherit that.
func surviveClosedPipes() {
	signal.Notify(make(chan os.Signal, 1), syscall.SIGPIPE)
}

// endings are the signals that end a command in an orderly way. A closed terminal
// sends one of them, except under nohup.
func endings() []os.Signal {
	all := []os.Signal{os.Interrupt, syscall.SIGTERM}
	if !signal.Ignored(syscall.SIGHUP) {
		all = append(all, syscall.SIGHUP)
	}
	return all
}
