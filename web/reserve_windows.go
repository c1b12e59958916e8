package web

import (
	"errors"
	"net/netip"
	"syscall"
)

// socket is a bound socket that doesn't listen.
type socket syscall.Handle

// exclusive is SO_EXCLUSIVEADDRUSE. Without it, another program could take the port
// with SO_REUSEADDR.
const exclusive = -5

// bind opens a socket on any free port of an IPv4 address.
func bind(address netip.Addr) (s socket, port int, err error) {
	handle, err := syscall.Socket(syscall.AF_INET, syscall.SOCK_STREAM, 0)
	if err != nil {
		return 0, 0, err
	}
	syscall.CloseOnExec(handle)
	if err := syscall.SetsockoptInt(handle, syscall.SOL_SOCKET, exclusive, 1); err != nil {
		return 0, 0, errors.Join(err, syscall.Closesocket(handle))
	}
	if err := syscall.Bind(handle, &syscall.SockaddrInet4{Addr: address.As4()}); err != nil {
		return 0, 0, errors.Join(err, syscall.Closesocket(handle))
	}
	name, err := syscall.Getsockname(handle)
	if err != nil {
		return 0, 0, errors.Join(err, syscall.Closesocket(handle))
	}
	v4, ok := name.(*syscall.SockaddrInet4)
	if !ok {
		return 0, 0, errors.Join(errors.New("found a socket without a port"), syscall.Closesocket(handle))
	}
	return socket(handle), v4.Port, nil
}

func (s socket) close() error { return syscall.Closesocket(syscall.Handle(s)) }
