package whatwg

import (
	"net/netip"
	"strings"
)

// Hostname is the host without its port.
func (u URL) Hostname() string {
	if colon := strings.LastIndexByte(u.Host, ':'); colon > strings.LastIndexByte(u.Host, ']') {
		return u.Host[:colon]
	}
	return u.Host
}

// IsAddress reports whether the host is an IP address.
func (u URL) IsAddress() bool {
	_, err := netip.ParseAddr(strings.Trim(u.Hostname(), "[]"))
	return err == nil
}

// IsTrustworthy reports whether the URL's origin is potentially trustworthy
// (https://w3c.github.io/webappsec-secure-contexts/#is-url-trustworthy).
func (u URL) IsTrustworthy() bool {
	host := u.Hostname()
	address, err := netip.ParseAddr(strings.Trim(host, "[]"))
	return u.Scheme == "https" || host == "localhost" || strings.HasSuffix(host, ".localhost") || err == nil && address.IsLoopback()
}

// SameSite reports whether two URLs are schemelessly same site (HTML,
// #schemelessly-same-site).
func (u URL) SameSite(other URL) bool { return u.site() == other.site() }

// site is the registrable domain of the host, or the host if it has none. There is no
// public suffix list here, so the last label counts as the suffix.
func (u URL) site() string {
	host := u.Hostname()
	if u.IsAddress() {
		return host
	}
	labels := strings.Split(strings.TrimSuffix(host, "."), ".")
	return strings.Join(labels[max(len(labels)-2, 0):], ".")
}
