package web

import (
	"fmt"
	"net"
	"slices"
)

// Exposed lists the addresses at which other machines can reach the lab: every address
// that it listens on, except loopback.
func (l *Lab) Exposed() (addrs []string) {
	for _, ln := range slices.Concat(l.pageOn, l.apiOn) {
		addr, ok := ln.Addr().(*net.TCPAddr)
		switch {
		case !ok || addr.IP.IsLoopback():
		case addr.IP.IsUnspecified():
			addrs = append(addrs, fmt.Sprintf("every address of this machine, port %d", addr.Port))
		default:
			addrs = append(addrs, addr.String())
		}
	}
	return addrs
}
