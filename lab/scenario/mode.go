package scenario

import "corslab/lab/internal/phrase"

// Mode is the request's mode, one of those that a script can set
// (https://fetch.spec.whatwg.org/#concept-request-mode).
type Mode string

// The modes.
const (
	ModeCORS       Mode = "cors"
	ModeNoCORS     Mode = "no-cors"
	modeSameOrigin Mode = "same-origin"
)

func modes() []Mode { return []Mode{ModeCORS, ModeNoCORS, modeSameOrigin} }

// Credentials is the request's credentials mode
// (https://fetch.spec.whatwg.org/#concept-request-credentials-mode).
type Credentials string

// The credentials modes.
const (
	CredentialsOmit       Credentials = "omit"
	CredentialsSameOrigin Credentials = "same-origin"
	CredentialsInclude    Credentials = "include"
)

// credentialsModes lists the modes that scripts of a kind can have. Outside fetch(),
// there is only withCredentials, which is on or off.
func credentialsModes(k Kind) []string {
	if k == KindFetch {
		return phrase.Words([]Credentials{CredentialsOmit, CredentialsSameOrigin, CredentialsInclude})
	}
	return phrase.Words([]Credentials{CredentialsSameOrigin, CredentialsInclude})
}

// Redirect is the request's redirect mode
// (https://fetch.spec.whatwg.org/#concept-request-redirect-mode).
type Redirect string

// The redirect modes.
const (
	RedirectFollow Redirect = "follow"
	redirectError  Redirect = "error"
	redirectManual Redirect = "manual"
)

// Redirects lists the redirect modes.
func Redirects() []Redirect { return []Redirect{RedirectFollow, redirectError, redirectManual} }

// CrossOrigin is the attribute crossorigin of an element
// (https://html.spec.whatwg.org/#cors-settings-attribute).
type CrossOrigin string

// The values of the attribute.
const (
	CrossOriginNone           CrossOrigin = "none" // the element doesn't have it
	crossOriginAnonymous      CrossOrigin = "anonymous"
	CrossOriginUseCredentials CrossOrigin = "use-credentials"
)

func crossOrigins() []CrossOrigin {
	return []CrossOrigin{CrossOriginNone, crossOriginAnonymous, CrossOriginUseCredentials}
}

// methods lists the methods that scripts of a kind can have. It is nil if any is
// possible.
func methods(k Kind) []string {
	if k == KindForm {
		return []string{"GET", "POST"}
	}
	return nil
}

// Via is how a request gets to the API: directly, or through one of two proxies that
// the lab runs.
type Via string

// The ways to the API.
const (
	ViaDirect     Via = "direct"
	ViaSameOrigin Via = "same-origin" // through a proxy on the page's own origin
	ViaCORS       Via = "cors"        // through a proxy on another origin that lets every page read
)

func vias() []Via { return []Via{ViaDirect, ViaSameOrigin, ViaCORS} }

// Switch is an option that is on or off. It is empty if there is no such option.
type Switch string

// The values of a switch.
const (
	SwitchOn  Switch = "true"
	SwitchOff Switch = "false"
)

// Switches lists the values of a switch.
func Switches() []Switch { return []Switch{SwitchOn, SwitchOff} }
