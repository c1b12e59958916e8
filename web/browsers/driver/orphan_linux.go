package driver

import "syscall"

// dieWithParent makes the kernel kill a program when its parent is gone, for whatever
// reason.
func dieWithParent(attributes *syscall.SysProcAttr) { attributes.Pdeathsig = syscall.SIGKILL }
