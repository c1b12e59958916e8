package cors

import "corslab/lab/cors/internal/whatwg"

// resourcePolicyCheck decides whether a no-cors request may have the response at all
// (#cross-origin-resource-policy-check). The page has no embedder policy, so only step
// 3 matters. The other numbers are those of the internal check that it runs.
func (f *fetch) resourcePolicyCheck(response *Response, stage Stage) bool {
	// 3. If the internal check blocks the response without an embedder policy, so
	//    does this check.
	at := clause{sectionResource, "3"}
	url := f.current()
	// Internal check, 2. Get Cross-Origin-Resource-Policy from the response's headers.
	policy, _ := f.engine.merged(response.Headers, "Cross-Origin-Resource-Policy")
	// Internal check, 5. "same-origin" allows the request's origin, "same-site" its
	//                    site.
	allowed := true
	switch policy {
	case "same-origin":
		allowed = url.Origin() == f.exchange.Origin
	case "same-site":
		allowed = f.sameSite(url)
	}
	if !allowed {
		f.failure.url, f.failure.value = url, policy
		f.block(ResourcePolicy, stage, at, policy, "cross-origin", "Cross-Origin-Resource-Policy keeps this answer from the page.")
		return false
	}
	// Internal check, 3. to 5. "cross-origin" and any other value allow every page,
	//                          because without an embedder policy an unknown value
	//                          counts as none.
	if policy != "" {
		f.pass(at, policy, "", "Cross-Origin-Resource-Policy lets this page have the answer.")
	}
	return true
}

// sameSite reports whether the page and the URL are schemelessly same site, and the
// page isn't less secure than the URL.
func (f *fetch) sameSite(url whatwg.URL) bool {
	if f.differs(addressesApart) && url.IsAddress() {
		return false
	}
	page, ok := whatwg.Parse(f.exchange.Origin, whatwg.URL{})
	if f.differs(sandboxKeepsSite) && f.exchange.Origin == "null" {
		// If the page's site isn't known, assume that it is the URL's.
		if page, ok = whatwg.Parse(f.exchange.Page, whatwg.URL{}); !ok {
			return true
		}
	}
	if !ok || !page.IsHTTP() || page.Scheme != "https" && url.Scheme == "https" {
		return false
	}
	return page.SameSite(url)
}
