// Package origin has the origins that one process serves, and the placeholders for them
// in scenario files and links.
package origin

import (
	"net"
	"slices"
	"strings"
)

// Set is the origins that one process serves. Scenario files use placeholders for them,
// because the user chooses hosts and ports.
type Set struct {
	Page  Origin // the lab's own pages; the learner's scripts run here
	Other Origin // the page listener under the name of another site
	Shop  Origin // two origins of one site: a shop …
	Evil  Origin // … and a sub-domain of it that was taken over
	Twin  Origin // another site, whose name starts like the shop's
	API   Origin // the server under test
	API2  Origin // the API listener under another host
	Bank  Origin // the API of the shop's site

	Closed Origin // no server is there; only redirects use it
}

// New derives every origin from the two addresses that the process listens on, each a
// host:port. A wildcard host counts as localhost.
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

// closedByBrowsers returns an origin that browsers send no requests to, because its
// port is a bad port (https://fetch.spec.whatwg.org/#port-blocking). It is used if no
// port of the machine is reserved.
func closedByBrowsers() Origin { return HTTP("127.0.0.1", "1") }

func named(host string) string {
	if ip := net.ParseIP(host); host == "" || (ip != nil && ip.IsUnspecified()) {
		return "localhost"
	}
	return host
}

// elsewhere returns a host of another site. It leads to the same listener if that is on
// loopback, as it is by default.
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

// Own lists the names of the origins that lead to this lab in every browser that can
// open its page. If the lab has a host name or an address of its own, loopback names
// lead to other programs on each learner's own machine.
func (o Set) Own() []string {
	var own []string
	for _, name := range Placeholders() {
		if name == "page" || name == "api" || name == "closed" || o.onLoopback(name) {
			own = append(own, name)
		}
	}
	return own
}

// Reaches reports whether a named origin leads to this lab in every browser.
func (o Set) Reaches(name string) bool {
	return name == "null" || slices.Contains(o.Own(), name)
}

// onLoopback reports whether the listener of a named origin is on loopback, where all
// loopback names lead.
func (o Set) onLoopback(name string) bool {
	at := o.Page
	if slices.Contains(APINames(), name) {
		at = o.API
	}
	return at.Host == "localhost" || at.Host == "127.0.0.1" || strings.HasSuffix(at.Host, standInDomain)
}

// ControlPath is the beginning of the paths of the page origin's control routes. Code
// on that origin can use them, so no response may lead a runner there.
const ControlPath = "/sessions/"

// Of returns the origin with the placeholder name: "null" for null, and "" for an
// unknown name.
func (o Set) Of(name string) string {
	if name == "null" {
		return "null"
	}
	return o.Named(name).String()
}

// Named is Of for origins that aren't opaque. It returns the zero value for null.
func (o Set) Named(name string) Origin {
	if origin := o.field(name); origin != nil {
		return *origin
	}
	return Origin{}
}

// field returns the field of a placeholder's origin, or nil.
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

// Placeholders lists the names that can appear in braces.
func Placeholders() []string {
	return []string{"page", "other", "shop", "evil", "twin", "api", "api2", "bank", "closed"}
}

// APINames lists the placeholders of the API's origins.
func APINames() []string { return []string{"api", "api2", "bank"} }
