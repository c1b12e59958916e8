package origin

import (
	"fmt"
	"net"
	"net/netip"
	"net/url"
	"strconv"
	"strings"
)

// Origin is a tuple origin (https://html.spec.whatwg.org/#concept-origin-tuple). Only
// this package parses and prints origins, except for the judge, which follows the URL
// standard to the letter. The zero value means no origin.
type Origin struct {
	Scheme string // in lowercase
	Host   string // in lowercase; an IPv6 address without brackets
	Port   string // "" for the default port of the scheme
}

// HTTP returns the origin of an HTTP server at a host and a port.
func HTTP(host, port string) Origin {
	o := Origin{Scheme: "http", Host: strings.ToLower(host), Port: port}
	if address, err := netip.ParseAddr(host); err == nil {
		o.Host = address.String() // as browsers write it
	}
	if port == "80" {
		o.Port = ""
	}
	return o
}

// At returns the origin for the value of a Host header, or the zero value if the value
// isn't a host.
func At(scheme, host string) Origin {
	host = strings.TrimSuffix(strings.ToLower(host), ":"+defaultPort(scheme))
	o, err := Parse(Join(scheme, host, ""))
	if err != nil {
		return Origin{}
	}
	return o
}

// Parse reads a serialized origin such as http://localhost:8080. It doesn't accept a
// path, a user or a default port.
func Parse(text string) (Origin, error) {
	u, err := url.Parse(text)
	if err != nil {
		return Origin{}, fmt.Errorf("found the origin %.60q: %w", text, err)
	}
	o := Origin{Scheme: u.Scheme, Host: u.Hostname(), Port: u.Port()}
	if o.Scheme == "" || o.String() != text || !isSerializedHost(o.Host) || o.Port != "" && !isSerializedPort(o.Port, o.Scheme) {
		return Origin{}, fmt.Errorf("found the origin %.60q; want a scheme, a host and, if it isn't the default, a port, such as http://localhost:8080", text)
	}
	return o, nil
}

func isSerializedHost(host string) bool {
	if address, err := netip.ParseAddr(host); err == nil {
		return address.String() == host
	}
	return host != "" && strings.Trim(host, "abcdefghijklmnopqrstuvwxyz0123456789-._") == ""
}

func isSerializedPort(port, scheme string) bool {
	number, err := strconv.ParseUint(port, 10, 16)
	return err == nil && strconv.FormatUint(number, 10) == port && port != defaultPort(scheme)
}

func defaultPort(scheme string) string {
	return map[string]string{"http": "80", "https": "443", "ws": "80", "wss": "443"}[scheme]
}

// String serializes the origin
// (https://html.spec.whatwg.org/#ascii-serialisation-of-an-origin). It is "" for no
// origin.
func (o Origin) String() string {
	if o == (Origin{}) {
		return ""
	}
	return Join(o.Scheme, o.HostPort(), "")
}

// URL returns the URL at the origin that has the path, which can have a query.
func (o Origin) URL(path string) string { return o.String() + path }

// HostPort returns the origin as in a Host header, without its scheme and without a
// default port.
func (o Origin) HostPort() string {
	if o.Port != "" {
		return net.JoinHostPort(o.Host, o.Port)
	}
	if strings.Contains(o.Host, ":") {
		return "[" + o.Host + "]"
	}
	return o.Host
}

// WithScheme returns the origin with another scheme. It keeps the port, except for the
// scheme's default.
func (o Origin) WithScheme(scheme string) Origin {
	o.Scheme = scheme
	if o.Port == defaultPort(scheme) {
		o.Port = ""
	}
	return o
}
