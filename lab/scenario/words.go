package scenario

import (
	"corslab/lab/cors"
	"corslab/lab/internal/phrase"
)

// credentialsModes lists what scripts of a kind can have. Outside of fetch() there
// is only withCredentials, which is on or off.
func credentialsModes(k Kind) []string {
	if k == KindFetch {
		return phrase.Words([]cors.Credentials{cors.OmitCredentials, cors.SameOriginCredentials, cors.IncludeCredentials})
	}
	return phrase.Words([]cors.Credentials{cors.SameOriginCredentials, cors.IncludeCredentials})
}

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

// methods lists the methods that scripts of a kind can have, nil for any.
func methods(k Kind) []string {
	if k == KindForm {
		return []string{"GET", "POST"}
	}
	return nil
}

// Via is the way that a request takes to the API: direct, or through one of two
// proxies that the lab runs.
type Via string

// The ways to the API.
const (
	ViaDirect     Via = "direct"
	ViaSameOrigin Via = "same-origin" // through a proxy that the page's own origin serves
	ViaCORS       Via = "cors"        // through a proxy elsewhere that lets every page read
)

func vias() []Via { return []Via{ViaDirect, ViaSameOrigin, ViaCORS} }

// Switch is an option that is on or off. It is empty where there is no such option.
type Switch string

// The values of a switch.
const (
	SwitchOn  Switch = "true"
	SwitchOff Switch = "false"
)

// Switches lists the values of a switch.
func Switches() []Switch { return []Switch{SwitchOn, SwitchOff} }
