package scenario

import (
	"net"
	"slices"
	"strings"

	"corslab/lab/internal/phrase"

	"corslab/lab/fields"
)

// Origins are the origins that one process serves. A scenario file names them
// by placeholder, because hosts and ports are the user's choice.
type Origins struct {
	Page  string // the lab's own pages; the learner's scripts run here
	Other string // the page listener under another site's name
	Shop  string // two origins of one site: a shop …
	Evil  string // … and a sub-domain of it that was taken over
	Twin  string // another site, whose name begins like the shop's
	API   string // the server under test
	API2  string // the API listener under another host
	Bank  string // the API of the shop's site

	Closed string // nothing answers there; only redirects use it
}

// NewOrigins derives every origin from the two addresses that the process
// listens on, both host:port. A wildcard host counts as localhost.
func NewOrigins(pageAddr, apiAddr string) (Origins, error) {
	pageHost, pagePort, err := net.SplitHostPort(pageAddr)
	if err != nil {
		return Origins{}, err
	}
	apiHost, apiPort, err := net.SplitHostPort(apiAddr)
	if err != nil {
		return Origins{}, err
	}
	return Origins{
		Page:  origin(named(pageHost), pagePort),
		Other: origin(elsewhere(pageHost), pagePort),
		Shop:  origin("shop.app.localhost", pagePort),
		Evil:  origin("evil.app.localhost", pagePort),
		Twin:  origin("shop.app.localhost.twin.localhost", pagePort),
		API:   origin(named(apiHost), apiPort),
		API2:  origin(elsewhere(apiHost), apiPort),
		Bank:  origin("bank.app.localhost", apiPort),

		Closed: closedByBrowsers,
	}, nil
}

// closedByBrowsers is an origin that no browser sends a request to: its port is
// on the list of bad ports (https://fetch.spec.whatwg.org/#port-blocking). It
// stands in where no port of the machine is reserved.
const closedByBrowsers = "http://127.0.0.1:1"

// origin serializes an HTTP origin
// (https://html.spec.whatwg.org/#ascii-serialisation-of-an-origin).
func origin(host, port string) string {
	if strings.Contains(host, ":") {
		host = "[" + host + "]"
	}
	if port == "80" {
		return "http://" + strings.ToLower(host)
	}
	return "http://" + strings.ToLower(host) + ":" + port
}

func named(host string) string {
	if ip := net.ParseIP(host); host == "" || (ip != nil && ip.IsUnspecified()) {
		return "localhost"
	}
	return host
}

// elsewhere names a host of another site. It reaches the same listener where
// that is open on loopback, as it is unless the user names another address.
func elsewhere(host string) string {
	if host == "127.0.0.1" {
		return "localhost"
	}
	return "127.0.0.1"
}

// Runner returns the URL of the document from which the named caller's script
// runs. The one of null is the page's, in a sandbox.
func (o Origins) Runner(caller Caller) string {
	if caller == CallerNull {
		caller = CallerPage
	}
	return caller.Origin(o) + "/runner"
}

// APIs lists the origins of the API listener.
func (o Origins) APIs() []string { return []string{o.API, o.API2, o.Bank} }

// PageHosts lists the Host header values that the page listener answers to.
func (o Origins) PageHosts() []string { return hosts(o.Page, o.Other, o.Shop, o.Evil, o.Twin) }

// APIHosts lists the Host header values that the API listener answers to.
func (o Origins) APIHosts() []string { return hosts(o.APIs()...) }

func hosts(origins ...string) []string {
	for i, o := range origins {
		origins[i] = strings.TrimPrefix(o, "http://")
	}
	return origins
}

// Own lists the placeholder names of the origins that are this lab's in every
// browser on the lab's page. If the lab has a host name or an address of its own,
// the loopback names lead to other programs, on each learner's own machine.
func (o Origins) Own() []string {
	var own []string
	for _, name := range Placeholders() {
		if name == "page" || name == "api" || name == "closed" || o.onLoopback(name) {
			own = append(own, name)
		}
	}
	return own
}

// Reaches reports whether a named origin surely leads the browser to this lab.
func (o Origins) Reaches(name string) bool {
	return name == "null" || slices.Contains(o.Own(), name)
}

// onLoopback reports whether the listener of a named origin is on loopback, which
// is where all loopback names lead.
func (o Origins) onLoopback(name string) bool {
	at := o.Page
	if slices.Contains(APINames(), name) {
		at = o.API
	}
	host, _, _ := strings.Cut(strings.TrimPrefix(at, "http://"), ":")
	return host == "localhost" || host == "127.0.0.1" || strings.HasSuffix(host, standInDomain)
}

// ControlPath is how the paths of the page origin's control routes begin. Code on
// that origin can use them, so no response may lead a runner there.
const ControlPath = "/sessions/"

// targets says where a response may lead the browser.
func (o Origins) targets() fields.Targets {
	to := fields.Targets{Base: o.API + "/session/1/messages", Control: o.Page + ControlPath}
	for _, name := range o.Own() {
		to.Origins = append(to.Origins, o.Of(name))
	}
	to.Named = "one of " + strings.Join(phrase.Braced(o.Own()), ", ")
	if strings.HasSuffix(o.API, standInDomain+standInPort) {
		to.Named += " (by placeholder, because hosts and ports are chosen when corslab starts)"
	}
	return to
}

// Of returns the origin with the given placeholder name, "null" for null and
// the empty string for a name that is none.
func (o Origins) Of(name string) string {
	if name == "null" {
		return "null"
	}
	if origin := o.field(name); origin != nil {
		return *origin
	}
	return ""
}

// field returns where the origin of a placeholder is kept, or nil.
func (o *Origins) field(name string) *string {
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

// Placeholders lists the names that may stand in braces.
func Placeholders() []string {
	return []string{"page", "other", "shop", "evil", "twin", "api", "api2", "bank", "closed"}
}
