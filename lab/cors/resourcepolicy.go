package cors

import (
	"net/netip"
	"strings"
)

// resourcePolicyCheck decides whether a no-cors request may have the answer at
// all (https://fetch.spec.whatwg.org/#cross-origin-resource-policy-internal-check,
// for a page without an embedder policy).
func (f *fetch) resourcePolicyCheck(response *Response, stage Stage) bool {
	at := place{sectionResource, "3"}
	// Step 2.
	policy, _ := f.merged(response.Headers, "Cross-Origin-Resource-Policy")
	url := f.current()
	// Steps 3 to 5.
	switch {
	case policy == "same-origin" && url.origin() == f.exchange.Origin:
	case policy == "same-site" && f.sameSite(url):
	case policy != "same-origin" && policy != "same-site":
	default:
		f.failure.url, f.failure.value = url, policy
		f.block(ResourcePolicy, stage, at, policy, "cross-origin", "Cross-Origin-Resource-Policy keeps this answer from the page.")
		return false
	}
	if policy != "" {
		f.pass(at, policy, "", "Cross-Origin-Resource-Policy lets this page have the answer.")
	}
	return true
}

// sameSite reports whether the page and the URL are schemelessly same site,
// and the page is not the less secure of the two
// (https://html.spec.whatwg.org/#schemelessly-same-site).
func (f *fetch) sameSite(url location) bool {
	if f.engine.response.addressesApart && isAddress(url.hostname()) {
		return false
	}
	page, ok := parseURL(f.exchange.Origin, location{})
	if f.engine.response.opaqueKeepsSite && f.exchange.Origin == "null" {
		// Where its site is not known it is taken to be the URL's.
		if page, ok = parseURL(f.exchange.Page, location{}); !ok {
			return true
		}
	}
	if !ok || !page.isHTTP() || page.scheme != "https" && url.scheme == "https" {
		return false
	}
	return site(page.hostname()) == site(url.hostname())
}

// hostname is the host without its port.
func (l location) hostname() string {
	if colon := strings.LastIndexByte(l.host, ':'); colon > strings.LastIndexByte(l.host, ']') {
		return l.host[:colon]
	}
	return l.host
}

func isAddress(host string) bool {
	_, err := netip.ParseAddr(strings.Trim(host, "[]"))
	return err == nil
}

// site is the registrable domain of a host, or the host where it has none. The
// judge knows no public suffix list: the last label counts as the suffix.
func site(host string) string {
	if isAddress(host) {
		return host
	}
	labels := strings.Split(strings.TrimSuffix(host, "."), ".")
	return strings.Join(labels[max(len(labels)-2, 0):], ".")
}
