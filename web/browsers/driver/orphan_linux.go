package driver

import "syscall"

// noOrphan has the kernel end a program when the one that started it is gone,
// however that happened.
func noOrphan(attributes *syscall.SysProcAttr) { attributes.Pdeathsig = syscall.SIGKILL }
