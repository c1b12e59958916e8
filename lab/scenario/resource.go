package scenario

import (
	"path"
	"strings"
)

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
