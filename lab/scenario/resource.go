package scenario

import (
	"path"
	"strings"
)

// Paths lists what the API has, to choose from: messages that can be read and
// changed, the account where there is one, and files of every kind that a page
// can embed.
func Paths() []string {
	return []string{
		"/messages", "/messages/0", "/account", "/login", "/transfer",
		"/image.png", "/script.js", "/broken.js", "/module.js", "/font.ttf", "/events",
	}
}

// Files lists those of the API that an element of a kind can use. It is nil for
// kinds that take any answer: a script runs whatever its type.
func Files(kind string) []string {
	switch kind {
	case "img", "canvas":
		return []string{"/image.png"}
	case "module":
		return []string{"/module.js", "/script.js", "/broken.js"}
	case "font":
		return []string{"/font.ttf"}
	case "eventsource":
		return []string{"/events"}
	}
	return nil
}

// ContentType is what the API's resource at an address is; all that is not
// known by its name is JSON.
func ContentType(url string) string {
	address, _, _ := strings.Cut(url, "?")
	switch path.Base(address) {
	case "image.png":
		return "image/png"
	case "script.js", "module.js", "broken.js":
		return "text/javascript"
	case "font.ttf":
		return "font/ttf"
	case "events":
		return "text/event-stream"
	}
	return "application/json"
}
