// Package browser starts real browsers for tests and checks, and reads from
// them what they did: the engine's own word on each request, and its console.
package browser

import (
	"fmt"
	"os/exec"
)

// MissingError says that a browser is not installed, and how to get it.
type MissingError struct {
	Browser string
	Tried   []string // names of programs that were looked for
	Install string
}

// Error names the browser and the way to install it.
func (e *MissingError) Error() string {
	return fmt.Sprintf("%s is not installed (looked for %v); %s", e.Browser, e.Tried, e.Install)
}

// FindChromium returns the path of Chromium or of a browser built on it.
func FindChromium() (string, error) {
	return find("Chromium", "install it, on Debian with: apt-get install chromium",
		"chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome",
		"/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
		"/Applications/Chromium.app/Contents/MacOS/Chromium")
}

func find(browser, install string, programs ...string) (string, error) {
	for _, program := range programs {
		if path, err := exec.LookPath(program); err == nil {
			return path, nil
		}
	}
	return "", &MissingError{Browser: browser, Tried: programs, Install: install}
}
