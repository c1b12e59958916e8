//go:build unix && !linux

package driver

import "syscall"

func noOrphan(*syscall.SysProcAttr) {}
