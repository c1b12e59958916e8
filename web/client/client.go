// Package client says who sends a request, and bounds how much of the lab one
// client can take.
//
// A client is a network address. It is the only name that a stranger can't
// choose: headers, cookies and session ids are the sender's own, and browsers
// leave Sec-Fetch headers out on plain HTTP. A whole class behind one router is
// one client, so the bounds are those of a class.
package client

import (
	"net"
	"net/http"
	"net/netip"
	"strings"
)

// ID names a client: an IPv4 address, or an IPv6 network of 64 bits, because
// one machine has all addresses of it. The zero ID names the clients whose
// address can't be read, all together.
type ID string

// networkBits is the part of an IPv6 address that tells networks apart.
const networkBits = 64

// OfAddr returns the client at an address.
func OfAddr(addr netip.Addr) ID {
	addr = addr.Unmap().WithZone("")
	switch {
	case !addr.IsValid():
		return ""
	case addr.Is4():
		return ID(addr.String())
	}
	network, err := addr.Prefix(networkBits)
	if err != nil {
		return ""
	}
	return ID(network.String())
}

// Proxies are the reverse proxies that the lab trusts to say whom they serve.
type Proxies []netip.Prefix

// Trusts reports whether one of the proxies has the address.
func (p Proxies) Trusts(addr netip.Addr) bool {
	addr = addr.Unmap().WithZone("")
	for _, network := range p {
		if network.Contains(addr) {
			return true
		}
	}
	return false
}

// Of returns the client that sent a request: the one at the other end of the
// connection. Where that is a trusted proxy, it is the last address in
// X-Forwarded-For that isn't a trusted proxy's too. Everything to the left of
// it comes from the client, who can write anything there.
func (p Proxies) Of(r *http.Request) ID {
	addr := addrOf(r.RemoteAddr)
	if !p.Trusts(addr) {
		return OfAddr(addr)
	}
	hops := strings.Split(strings.Join(r.Header.Values("X-Forwarded-For"), ","), ",")
	for len(hops) > 0 {
		hop := addrOf(strings.TrimSpace(hops[len(hops)-1]))
		if !hop.IsValid() {
			break
		}
		if addr = hop; !p.Trusts(hop) {
			break
		}
		hops = hops[:len(hops)-1]
	}
	return OfAddr(addr)
}

// addrOf reads an address with or without a port, and with or without brackets.
// It is invalid where there is none.
func addrOf(text string) netip.Addr {
	if host, _, err := net.SplitHostPort(text); err == nil {
		text = host
	}
	addr, err := netip.ParseAddr(strings.TrimSuffix(strings.TrimPrefix(text, "["), "]"))
	if err != nil {
		return netip.Addr{}
	}
	return addr
}
