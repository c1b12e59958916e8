package web

import (
	"corslab/lab/session"
	"corslab/web/client"
	"corslab/web/page"
)

// Limits are all bounds on what one client, and all clients together, can use of a
// lab.
type Limits struct {
	Sessions session.Bounds
	Page     page.Limits

	Connections          int // accepted, on both origins together
	ConnectionsPerClient int // of these, from one client

	Relayed          int // requests in progress through the two proxies
	RelayedPerClient int // of these, from one client; its others wait
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

// orDefault returns the default limits if none are set. It keeps the connections
// within what the system lets the process open, with descriptors to spare for the
// lab's own use: if accepting fails, it fails for everyone.
func (l Limits) orDefault() Limits {
	if l.Connections == 0 {
		l = DefaultLimits()
	}
	if most := descriptors(); most > 0 {
		l.Connections = min(l.Connections, most-spare(most))
	}
	l.Relayed = min(l.Relayed, max(1, l.Connections/8)) // each needs two more
	l.RelayedPerClient = min(l.RelayedPerClient, max(1, l.Relayed/2))
	return l
}

// spare is how many of the descriptors are kept for things other than accepted
// connections: listeners, files, and the proxies' connections to the API.
func spare(descriptors int) int { return max(16, descriptors/6) }

func (l Limits) relayed() *client.Places {
	return client.NewPlaces(l.Page.Proxies, l.RelayedPerClient, l.Relayed)
}
