package driver

import (
	"net"
	"syscall"
)

// quickAck acknowledges what arrives at once: Firefox holds its next message
// back until then, which otherwise takes 40 ms.
type quickAck struct{ *net.TCPConn }

// Read reads after it has asked for quick acknowledgement, which the kernel
// forgets after each segment.
func (c quickAck) Read(b []byte) (int, error) {
	raw, err := c.SyscallConn()
	if err != nil {
		return 0, err
	}
	var failed error
	err = raw.Control(func(fd uintptr) {
		failed = syscall.SetsockoptInt(int(fd), syscall.IPPROTO_TCP, syscall.TCP_QUICKACK, 1)
	})
	if err != nil {
		return 0, err
	}
	if failed != nil {
		return 0, failed
	}
	return c.TCPConn.Read(b)
}
