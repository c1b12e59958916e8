//go:build unix && !linux

package browser

import "syscall"

func noOrphan(*syscall.SysProcAttr) {}
