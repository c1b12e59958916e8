package policy

import (
	"path"
	"strings"
)

// Paths lists the API's paths to choose from: messages that can be read and changed,
// the account if there is one, and files of every kind that a page can embed.
func Paths() []string {
	return []string{
		"/messages", "/messages/0", "/account", "/login", "/transfer",
		"/image.png", "/script.js", "/broken.js", "/module.js", "/font.ttf", "/events",
	}
}

// ContentType is the content type of the API's resource at an address. It is JSON
// unless the name says otherwise.
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
