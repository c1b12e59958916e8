package main

import (
	"cmp"
	"fmt"
	"math"
	"net/netip"
	"runtime/debug"
	"strconv"
	"strings"

	"corslab/web"
)

// limitFlags are the flags of serve that change the limits on clients.
type limitFlags struct {
	SessionsPerClient    count     `name:"sessions-per-client" placeholder:"N" help:"Sessions that one client can have (default 500). A client is a network address."`
	SocketsPerClient     count     `name:"sockets-per-client" placeholder:"N" help:"Open pages that one client can have (default 500)."`
	NewSessionsPerMinute count     `name:"new-sessions-per-minute" placeholder:"N" help:"Sessions that one client can open in a minute (default 300)."`
	ConnectionsPerClient count     `name:"connections-per-client" placeholder:"N" help:"Connections that one client can have (default 1500)."`
	Connections          count     `name:"connections" placeholder:"N" help:"Connections that the lab accepts in total (default 8000, or what the system allows)."`
	JournalBudget        size      `name:"journal-budget" placeholder:"SIZE" help:"Memory for the logs of all sessions together (default 192MiB, or half of --memory-limit if that is less)."`
	MemoryLimit          size      `name:"memory-limit" placeholder:"SIZE" help:"Memory that the lab tries to stay within (default 400MiB)."`
	TrustedProxy         []network `name:"trusted-proxy" placeholder:"CIDR" help:"Network of a reverse proxy whose X-Forwarded-For header names the client. Repeat the flag to name several."`
}

const defaultMemory = 400 << 20

// limits returns the limits that the flags set, and the defaults for all others.
func (f limitFlags) limits() web.Limits {
	limits := web.DefaultLimits()
	f.SessionsPerClient.set(&limits.Sessions.PerClient)
	f.SocketsPerClient.set(&limits.Page.PerClient)
	f.NewSessionsPerMinute.set(&limits.Sessions.NewPerMinute)
	f.ConnectionsPerClient.set(&limits.ConnectionsPerClient)
	f.Connections.set(&limits.Connections)
	limits.Sessions.Journals = cmp.Or(int64(f.JournalBudget), min(limits.Sessions.Journals, f.memory()/2))
	for _, n := range f.TrustedProxy {
		limits.Page.Proxies = append(limits.Page.Proxies, netip.Prefix(n))
	}
	return limits
}

// Validate refuses a budget that is too large for the memory limit, because the garbage
// collector would use all the time.
func (f limitFlags) Validate() error {
	if budget, memory := f.limits().Sessions.Journals, f.memory(); budget > memory/2 {
		return fmt.Errorf("--journal-budget %dMiB: want at most half of --memory-limit, which is %dMiB", budget>>20, memory>>20)
	}
	return nil
}

func (f limitFlags) memory() int64 { return cmp.Or(int64(f.MemoryLimit), defaultMemory) }

// limitMemory makes the garbage collector work harder near the limit, so that the
// system doesn't end the process.
func (f limitFlags) limitMemory() { debug.SetMemoryLimit(f.memory()) }

// count is a limit on the number of something; 0 if the flag isn't given.
type count int

// UnmarshalText reads a number of at least 1.
func (c *count) UnmarshalText(text []byte) error {
	n, err := strconv.ParseInt(string(text), 10, 32)
	if err != nil || n < 1 {
		return fmt.Errorf("found %q; want a number from 1 to %d", text, math.MaxInt32)
	}
	*c = count(n)
	return nil
}

func (c count) set(limit *int) {
	if c != 0 {
		*limit = int(c)
	}
}

// size is a number of bytes; 0 if the flag isn't given.
type size int64

const smallestSize = 1 << 20

// UnmarshalText reads a number with a unit, such as 256MiB.
func (s *size) UnmarshalText(text []byte) error {
	number, unit, found := strings.Cut(string(text), "MiB")
	factor := int64(1 << 20)
	if !found {
		number, unit, found = strings.Cut(string(text), "GiB")
		factor = 1 << 30
	}
	n, err := strconv.ParseInt(number, 10, 32)
	if err != nil || !found || unit != "" || n*factor < smallestSize {
		return fmt.Errorf("found %q; want a whole number of MiB or GiB, such as 256MiB", text)
	}
	*s = size(n * factor)
	return nil
}

// network is the network of a proxy.
type network netip.Prefix

// UnmarshalText reads a network. An address counts as a network of one.
func (n *network) UnmarshalText(text []byte) error {
	prefix, err := netip.ParsePrefix(string(text))
	if addr, of := netip.ParseAddr(string(text)); of == nil && addr.Zone() == "" {
		prefix, err = netip.PrefixFrom(addr, addr.BitLen()), nil
	}
	if err != nil || prefix.Addr().Is4In6() {
		return fmt.Errorf("found %q; want a network such as 10.0.0.0/8, or an address", text)
	}
	*n = network(prefix)
	return nil
}
