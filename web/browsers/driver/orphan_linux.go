package driver

import "syscall"

// noOrphan makes the kernel kill a program when its parent is gone, for whatever reason.
func noOrphan(attributes *syscall.SysProcAttr) { attributes.Pdeathsig = syscall.SIGKILL }
