//go:build unix

package web

import (
	"math"
	"syscall"
)

// descriptors returns how many files and connections the process can have open, or 0 if
// that isn't known.
func descriptors() int {
	var limit syscall.Rlimit
	if err := syscall.Getrlimit(syscall.RLIMIT_NOFILE, &limit); err != nil {
		return 0
	}
	return int(min(uint64(limit.Cur), math.MaxInt32))
}
