// Package driver starts real browsers for tests and checks, and reads what they did: the
// engine's own name for each failed request, and its console.
package driver

import (
	"fmt"
	"os/exec"
	"path/filepath"
	"runtime"
)

// MissingError says that a browser is not installed, and how to get it.
type MissingError struct {
	Browser string
	Tried   []string // names of the programs that were looked for
	Install string
}

// Error names the browser and how to install it.
func (e *MissingError) Error() string {
	return fmt.Sprintf("%s is not installed (looked for %v); %s", e.Browser, e.Tried, e.Install)
}

// FindChromium returns the path of Chromium or of a browser based on it.
func FindChromium() (string, error) {
	return find("Chromium", install("chromium", "brew install --cask google-chrome", "winget install Google.Chrome"),
		"chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome",
		"/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
		"/Applications/Chromium.app/Contents/MacOS/Chromium",
		`C:\Program Files\Google\Chrome\Application\chrome.exe`)
}

// FindFirefox returns the path of Firefox.
func FindFirefox() (string, error) {
	return find("Firefox", install("firefox-esr", "brew install --cask firefox", "winget install Mozilla.Firefox"),
		"firefox-esr", "firefox", "/Applications/Firefox.app/Contents/MacOS/firefox", `C:\Program Files\Mozilla Firefox\firefox.exe`)
}

// install says how to install a browser on this system.
func install(debian, macOS, windows string) string {
	switch runtime.GOOS {
	case "darwin":
		return "install it, with Homebrew: " + macOS
	case "windows":
		return "install it with: " + windows
	}
	return "install it, on Debian with: apt-get install " + debian
}

// WebKitPrograms are the paths of the programs that WebKitGTK needs.
type WebKitPrograms struct {
	MiniBrowser string // the browser
	Driver      string // its WebDriver
	Xvfb        string // a display for it
}

// FindWebKit returns the paths of WebKitGTK's programs.
func FindWebKit() (WebKitPrograms, error) {
	install := "install it, on Debian with: apt-get install webkit2gtk-driver xvfb"
	if runtime.GOOS != "linux" {
		install = "it runs on Linux only; Chromium and Firefox can be played here"
	}
	var found WebKitPrograms
	var err error
	if found.MiniBrowser, err = find("WebKitGTK's MiniBrowser", install, miniBrowsers()...); err != nil {
		return found, err
	}
	if found.Driver, err = find("WebKitGTK's driver", install, "WebKitWebDriver"); err != nil {
		return found, err
	}
	found.Xvfb, err = find("Xvfb", install, "Xvfb")
	return found, err
}

// miniBrowsers returns the paths that distributions use, newest first. The program isn't
// on PATH.
func miniBrowsers() []string {
	found := []string{"MiniBrowser"}
	for _, pattern := range []string{"/usr/lib/*/webkit2gtk-4.1/MiniBrowser", "/usr/lib*/webkit2gtk-4.1/MiniBrowser", "/usr/libexec/webkit2gtk-4.1/MiniBrowser"} {
		paths, _ := filepath.Glob(pattern) // fails only for a bad pattern
		found = append(found, paths...)
	}
	return found
}

func find(browser, install string, programs ...string) (string, error) {
	for _, program := range programs {
		if path, err := exec.LookPath(program); err == nil {
			return path, nil
		}
	}
	return "", &MissingError{Browser: browser, Tried: programs, Install: install}
}
