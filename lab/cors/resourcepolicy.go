package cors

import (
	"corslab/lab/cors/internal/whatwg"
)

// resourcePolicyCheck decides whether a no-cors request may have the answer at
// all (https://fetch.spec.whatwg.org/#cross-origin-resource-policy-internal-check,
// for a page without an embedder policy).
func (f *fetch) resourcePolicyCheck(response *Response, stage Stage) bool {
	at := clause{sectionResource, "3"}
	// Step 2.
	policy, _ := f.merged(response.Headers, "Cross-Origin-Resource-Policy")
	url := f.current()
	// Steps 3 to 5.
	switch {
	case policy == "same-origin" && url.Origin() == f.exchange.Origin:
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
func (f *fetch) sameSite(url whatwg.URL) bool {
	if f.engine.response.addressesApart && url.IsAddress() {
		return false
	}
	page, ok := whatwg.Parse(f.exchange.Origin, whatwg.URL{})
	if f.engine.response.opaqueKeepsSite && f.exchange.Origin == "null" {
		// Where its site is not known it is taken to be the URL's.
		if page, ok = whatwg.Parse(f.exchange.Page, whatwg.URL{}); !ok {
			return true
		}
	}
	if !ok || !page.IsHTTP() || page.Scheme != "https" && url.Scheme == "https" {
		return false
	}
	return page.SameSite(url)
}
