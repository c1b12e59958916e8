//go:build unix

package web

import (
	"errors"
	"net/netip"
	"syscall"
)

// socket is a bound socket that doesn't listen.
type socket int

// bind opens a socket on any free port of an IPv4 address. It sets no option that
// would let another program share the port.
func bind(address netip.Addr) (s socket, port int, err error) {
	syscall.ForkLock.RLock()
	fd, err := syscall.Socket(syscall.AF_INET, syscall.SOCK_STREAM, 0)
	if err == nil {
		syscall.CloseOnExec(fd)
	}
	syscall.ForkLock.RUnlock()
	if err != nil {
		return 0, 0, err
	}
	if err := syscall.Bind(fd, &syscall.SockaddrInet4{Addr: address.As4()}); err != nil {
		return 0, 0, errors.Join(err, syscall.Close(fd))
	}
	name, err := syscall.Getsockname(fd)
	if err != nil {
		return 0, 0, errors.Join(err, syscall.Close(fd))
	}
	v4, ok := name.(*syscall.SockaddrInet4)
	if !ok {
		return 0, 0, errors.Join(errors.New("found a socket without a port"), syscall.Close(fd))
	}
	return socket(fd), v4.Port, nil
}

func (s socket) close() error { return syscall.Close(int(s)) }
