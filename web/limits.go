package web

import (
	"fmt"

	"corslab/lab/session"
	"corslab/web/client"
	"corslab/web/page"
)

// Limits say how much of a lab one client, and all clients together, can use. Each is at
// least 1.
type Limits struct {
	Sessions session.Bounds
	Page     page.Limits

	Connections          int // accepted, on both origins together
	ConnectionsPerClient int // of those, from one client

	Relayed          int // requests in progress through the two proxies
	RelayedPerClient int // of those, from one client; its other requests wait
}

// DefaultLimits suit a class of 40 behind one address. Each person has several
// tabs, each tab has one socket, and each browser has up to six connections to each
// of the lab's host names.
func DefaultLimits() Limits {
	return Limits{
		Sessions: session.DefaultBounds(), Page: page.DefaultLimits(),
		Connections: 8_000, ConnectionsPerClient: 1_500,
		Relayed: 256, RelayedPerClient: 64,
	}
}

// SoleClientLimits are the default limits, except that one client can use the whole
// lab. They are for a program that plays every scenario.
func SoleClientLimits() Limits {
	l := DefaultLimits()
	l.Sessions.PerClient, l.Sessions.NewPerMinute = l.Sessions.Sessions, 1_000_000
	l.Page.PerClient, l.ConnectionsPerClient = l.Page.Sockets, l.Connections
	return l
}

// check returns an error that names the first limit below 1. Such a limit would not
// mean "unlimited": with no slots at all, requests would wait forever.
func (l Limits) check() error {
	for _, limit := range []struct {
		name  string
		value int64
	}{
		{"Sessions.Sessions", int64(l.Sessions.Sessions)},
		{"Sessions.PerClient", int64(l.Sessions.PerClient)},
		{"Sessions.NewPerMinute", int64(l.Sessions.NewPerMinute)},
		{"Sessions.Journals", l.Sessions.Journals},
		{"Page.Sockets", int64(l.Page.Sockets)},
		{"Page.PerClient", int64(l.Page.PerClient)},
		{"Page.PerSession", int64(l.Page.PerSession)},
		{"Page.Write", int64(l.Page.Write)},
		{"Page.Ping", int64(l.Page.Ping)},
		{"Page.Read", int64(l.Page.Read)},
		{"Page.Large", int64(l.Page.Large)},
		{"Page.LargePerClient", int64(l.Page.LargePerClient)},
		{"Connections", int64(l.Connections)},
		{"ConnectionsPerClient", int64(l.ConnectionsPerClient)},
		{"Relayed", int64(l.Relayed)},
		{"RelayedPerClient", int64(l.RelayedPerClient)},
	} {
		if limit.value < 1 {
			return fmt.Errorf("limits: %s: found %d; want at least 1", limit.name, limit.value)
		}
	}
	return nil
}

// within returns the limits with fewer connections, if the process can't have that many
// open. It keeps descriptors to spare for the lab's own use, because if accepting fails,
// it fails for everyone. If descriptors is 0, their number is unknown, and the connections
// stay as they are.
func (l Limits) within(descriptors int) (Limits, error) {
	if descriptors > 0 {
		most := descriptors - spare(descriptors)
		if most < 1 {
			return Limits{}, fmt.Errorf("limits: the system lets this process have %d files and connections open; want more than %d", descriptors, minSpare)
		}
		l.Connections = min(l.Connections, most)
	}
	l.Relayed = min(l.Relayed, max(1, l.Connections/8)) // each needs two more descriptors
	l.RelayedPerClient = min(l.RelayedPerClient, max(1, l.Relayed/2))
	return l, nil
}

const minSpare = 16

// spare returns how many descriptors to keep for things other than accepted connections:
// listeners, files, and the proxies' connections to the API.
func spare(descriptors int) int { return max(minSpare, descriptors/6) }

func (l Limits) relayed() *client.Slots {
	return client.NewSlots(l.Page.Proxies, l.RelayedPerClient, l.Relayed)
}
