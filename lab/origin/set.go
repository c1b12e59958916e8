// Package origin has the origins that one process serves, and the placeholders by
// which scenario files and links name them.
package origin

import (
	"net"
	"slices"
	"strings"
)

// Set is the origins that one process serves. A scenario file names them
// by placeholder, because hosts and ports are the user's choice.
type Set struct {
	Page  Origin // the lab's own pages; the learner's scripts run here
	Other Origin // the page listener under another site's name
	Shop  Origin // two origins of one site: a shop …
	Evil  Origin // … and a sub-domain of it that was taken over
	Twin  Origin // another site, whose name begins like the shop's
	API   Origin // the server under test
	API2  Origin // the API listener under another host
	Bank  Origin // the API of the shop's site

	Closed Origin // nothing answers there; only redirects use it
}

// New derives every origin from the two addresses that the process
// listens on, both host:port. A wildcard host counts as localhost.
func New(pageAddr, apiAddr string) (Set, error) {
	pageHost, pagePort, err := net.SplitHostPort(pageAddr)
	if err != nil {
		return Set{}, err
	}
	apiHost, apiPort, err := net.SplitHostPort(apiAddr)
	if err != nil {
		return Set{}, err
	}
	return Set{
		Page:  HTTP(named(pageHost), pagePort),
		Other: HTTP(elsewhere(pageHost), pagePort),
		Shop:  HTTP("shop.app.localhost", pagePort),
		Evil:  HTTP("evil.app.localhost", pagePort),
		Twin:  HTTP("shop.app.localhost.twin.localhost", pagePort),
		API:   HTTP(named(apiHost), apiPort),
		API2:  HTTP(elsewhere(apiHost), apiPort),
		Bank:  HTTP("bank.app.localhost", apiPort),

		Closed: closedByBrowsers(),
	}, nil
}

// closedByBrowsers returns an origin to which no browser sends a request: its port is
// on the list of bad ports (https://fetch.spec.whatwg.org/#port-blocking). It is used
// if no port of the machine is reserved.
func closedByBrowsers() Origin { return HTTP("127.0.0.1", "1") }

func named(host string) string {
	if ip := net.ParseIP(host); host == "" || (ip != nil && ip.IsUnspecified()) {
		return "localhost"
	}
	return host
}

// elsewhere names a host of another site. It reaches the same listener if that is open
// on loopback, as it is unless the user names another address.
func elsewhere(host string) string {
	if host == "127.0.0.1" {
		return "localhost"
	}
	return "127.0.0.1"
}

// APIs lists the origins of the API listener.
func (o Set) APIs() []Origin { return []Origin{o.API, o.API2, o.Bank} }

// PageHosts lists the Host header values that the page listener answers to.
func (o Set) PageHosts() []string { return hosts(o.Page, o.Other, o.Shop, o.Evil, o.Twin) }

// APIHosts lists the Host header values that the API listener answers to.
func (o Set) APIHosts() []string { return hosts(o.APIs()...) }

func hosts(origins ...Origin) []string {
	hosts := make([]string, len(origins))
	for i, o := range origins {
		hosts[i] = o.HostPort()
	}
	return hosts
}

// Own lists the placeholder names of the origins that are this lab's in every
// browser on the lab's page. If the lab has a host name or an address of its own,
// the loopback names lead to other programs, on each learner's own machine.
func (o Set) Own() []string {
	var own []string
	for _, name := range Placeholders() {
		if name == "page" || name == "api" || name == "closed" || o.onLoopback(name) {
			own = append(own, name)
		}
	}
	return own
}

// Reaches reports whether a named origin leads every browser to this lab.
func (o Set) Reaches(name string) bool {
	return name == "null" || slices.Contains(o.Own(), name)
}

// onLoopback reports whether the listener of a named origin is on loopback, which
// is where all loopback names lead.
func (o Set) onLoopback(name string) bool {
	at := o.Page
	if slices.Contains(APINames(), name) {
		at = o.API
	}
	return at.Host == "localhost" || at.Host == "127.0.0.1" || strings.HasSuffix(at.Host, standInDomain)
}

// ControlPath is how the paths of the page origin's control routes begin. Code on
// that origin can use them, so no response may lead a runner there.
const ControlPath = "/sessions/"

// Of returns the origin with the given placeholder name, "null" for null and
// the empty string for an unknown name.
func (o Set) Of(name string) string {
	if name == "null" {
		return "null"
	}
	return o.Named(name).String()
}

// Named is Of for an origin that is not opaque. It returns no origin for null.
func (o Set) Named(name string) Origin {
	if origin := o.field(name); origin != nil {
		return *origin
	}
	return Origin{}
}

// field returns where the origin of a placeholder is kept, or nil.
func (o *Set) field(name string) *Origin {
	switch name {
	case "page":
		return &o.Page
	case "other":
		return &o.Other
	case "shop":
		return &o.Shop
	case "evil":
		return &o.Evil
	case "twin":
		return &o.Twin
	case "api":
		return &o.API
	case "api2":
		return &o.API2
	case "bank":
		return &o.Bank
	case "closed":
		return &o.Closed
	}
	return nil
}

// Placeholders lists the names that can be in braces.
func Placeholders() []string {
	return []string{"page", "other", "shop", "evil", "twin", "api", "api2", "bank", "closed"}
}

// APINames lists the placeholders of the API's origins.
func APINames() []string { return []string{"api", "api2", "bank"} }
