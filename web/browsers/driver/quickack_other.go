//go:build !linux

package driver

import "net"

// quickAck is a plain connection where acknowledgement cannot be asked for.
type quickAck struct{ *net.TCPConn }
