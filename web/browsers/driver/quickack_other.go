//go:build !linux

package driver

import "net"

// quickAck is a plain connection on systems without quick acknowledgment.
type quickAck struct{ *net.TCPConn }
