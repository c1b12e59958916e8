package driver

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
)

// newProfile creates the folder of a Firefox that shows no first-run page and makes no
// network requests of its own.
func newProfile() (dir string, err error) {
	dir, err = os.MkdirTemp("", "corslab-firefox-")
	if err != nil {
		return "", fmt.Errorf("make a profile: %w", err)
	}
	var prefs strings.Builder
	for _, pref := range quietPrefs() {
		fmt.Fprintf(&prefs, "user_pref(%q, %s);\n", pref[0], pref[1])
	}
	if err := os.WriteFile(filepath.Join(dir, "user.js"), []byte(prefs.String()), 0o600); err != nil {
		return "", fmt.Errorf("make a profile: %w", errors.Join(err, os.RemoveAll(dir)))
	}
	return dir, nil
}

// quietPrefs returns names and values, as JavaScript.
func quietPrefs() [][2]string {
	return [][2]string{
		{"services.settings.server", `"data:,#remote-settings-dummy/v1"`},
		{"media.gmp-manager.updateEnabled", "false"},
		{"app.normandy.enabled", "false"},
		{"app.update.auto", "false"},
		{"app.update.disabledForTesting", "true"},
		{"extensions.update.enabled", "false"},
		{"extensions.getAddons.cache.enabled", "false"},
		{"extensions.systemAddon.update.enabled", "false"},
		{"toolkit.telemetry.enabled", "false"},
		{"toolkit.telemetry.unified", "false"},
		{"toolkit.telemetry.server", `"data:,"`},
		{"datareporting.policy.dataSubmissionEnabled", "false"},
		{"datareporting.healthreport.uploadEnabled", "false"},
		{"browser.safebrowsing.malware.enabled", "false"},
		{"browser.safebrowsing.phishing.enabled", "false"},
		{"browser.safebrowsing.downloads.enabled", "false"},
		{"browser.safebrowsing.update.enabled", "false"},
		{"browser.region.network.url", `""`},
		{"browser.region.update.enabled", "false"},
		{"browser.newtabpage.enabled", "false"},
		{"browser.newtabpage.activity-stream.feeds.system.topstories", "false"},
		{"browser.startup.homepage_override.mstone", `"ignore"`},
		{"browser.startup.page", "0"},
		{"browser.shell.checkDefaultBrowser", "false"},
		{"browser.sessionstore.resume_from_crash", "false"},
		{"browser.search.update", "false"},
		{"network.captive-portal-service.enabled", "false"},
		{"network.connectivity-service.enabled", "false"},
		{"network.prefetch-next", "false"},
		{"network.dns.disablePrefetch", "true"},
		{"network.http.speculative-parallel-limit", "0"},
		{"dom.push.connection.enabled", "false"},
		{"geo.provider.network.url", `""`},
	}
}
