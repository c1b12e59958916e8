// Package client identifies who sends a request, and limits how much of the lab
// one client can use.
//
// A client is a network address. It is the only identity that a stranger can't
// choose: senders choose their headers, cookies and session ids, and browsers
// leave out Sec-Fetch headers on plain HTTP. A whole class behind one router is
// one client, so the limits are large enough for a class.
package client

import (
	"net"
	"net/http"
	"net/netip"
	"strings"
)

// ID names a client: an IPv4 address, or a 64-bit IPv6 network, because one machine
// can have all of its addresses. The zero ID stands for all clients whose address
// can't be read.
type ID string

// networkBits is the length of the part of an IPv6 address that names the network.
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

// Proxies are the reverse proxies that the lab trusts to name their clients.
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
// connection. If that is a trusted proxy, the client is the last address in
// X-Forwarded-For that isn't a trusted proxy's. Everything to the left of it comes
// from the client, who can write anything there.
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
// The result is invalid if there is no address.
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
