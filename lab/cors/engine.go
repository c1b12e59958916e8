package cors

import "slices"

// Engine is the browser engine that [Judge] predicts, or the standard.
type Engine string

// The engines: the Fetch standard as written, and three browsers.
const (
	Standard Engine = "standard"
	Chromium Engine = "chromium"
	Firefox  Engine = "firefox"
	WebKit   Engine = "webkit"
)

// Engines lists every [Engine].
func Engines() []Engine { return append([]Engine{Standard}, Browsers()...) }

// Browsers lists the engines that learners can run: all but the standard.
func Browsers() []Engine { return []Engine{Chromium, Firefox, WebKit} }

// Valid reports whether e is one of [Engines].
func (e Engine) Valid() bool { return slices.Contains(Engines(), e) }
