package page

import (
	"strings"

	"corslab/lab/cors"
)

// engineOf returns the engine that a User-Agent header names, or the standard if the
// judge doesn't know it. Every browser on iOS is WebKit; every other browser that names
// Chrome is Chromium.
func engineOf(userAgent string) cors.Engine {
	switch has := func(word string) bool { return strings.Contains(userAgent, word) }; {
	case has("iPhone") || has("iPad"):
		return cors.WebKit
	case has("Firefox/"):
		return cors.Firefox
	case has("Chrome/") || has("Chromium/"):
		return cors.Chromium
	case has("AppleWebKit/"):
		return cors.WebKit
	}
	return cors.Standard
}
