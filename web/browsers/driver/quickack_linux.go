package driver

import (
	"net"
	"syscall"
)

// quickAck acknowledges at once what arrives. Firefox holds back its next message until
// then, which otherwise takes 40 ms.
type quickAck struct{ *net.TCPConn }

// Read first asks for quick acknowledgment, because the kernel forgets the setting after
// each segment.
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
