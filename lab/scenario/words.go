package scenario

import (
	"corslab/lab/cors"
	"corslab/lab/internal/phrase"
)

// credentialsModes lists the modes that scripts of a kind can have. Outside fetch(),
// there is only withCredentials, which is on or off.
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
	crossOriginUseCredentials CrossOrigin = "use-credentials"
)

func crossOrigins() []CrossOrigin {
	return []CrossOrigin{CrossOriginNone, crossOriginAnonymous, crossOriginUseCredentials}
}

// methods lists the methods that scripts of a kind can have. It is nil if any is
// possible.
func methods(k Kind) []string {
	if k == KindForm {
		return []string{"GET", "POST"}
	}
	return nil
}

// Switch is an option that is on or off. It is empty if there is no such option.
type Switch string

// The values of a switch.
const (
	SwitchOn  Switch = "true"
	SwitchOff Switch = "false"
)

// Switches lists the values of a switch.
func Switches() []Switch { return []Switch{SwitchOn, SwitchOff} }
