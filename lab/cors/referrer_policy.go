package cors

// ReferrerPolicy says how much of its URL a page gives away in the requests that it
// makes (https://w3c.github.io/webappsec-referrer-policy/#referrer-policies). CORS is
// concerned with it because it can hide the Origin header too.
type ReferrerPolicy string

// The referrer policies.
const (
	StrictOriginWhenCrossOrigin ReferrerPolicy = "strict-origin-when-cross-origin" // the default

	noReferrer              ReferrerPolicy = "no-referrer"
	noReferrerWhenDowngrade ReferrerPolicy = "no-referrer-when-downgrade"
	sameOriginReferrer      ReferrerPolicy = "same-origin"
	originReferrer          ReferrerPolicy = "origin"
	strictOriginReferrer    ReferrerPolicy = "strict-origin"
	originWhenCrossOrigin   ReferrerPolicy = "origin-when-cross-origin"
	unsafeURL               ReferrerPolicy = "unsafe-url"
)

// ReferrerPolicies lists every [ReferrerPolicy], the default first.
func ReferrerPolicies() []ReferrerPolicy {
	return []ReferrerPolicy{
		StrictOriginWhenCrossOrigin, noReferrer, noReferrerWhenDowngrade, sameOriginReferrer, originReferrer, strictOriginReferrer,
		originWhenCrossOrigin, unsafeURL,
	}
}
