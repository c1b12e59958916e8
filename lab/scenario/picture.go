package scenario

import (
	"bytes"
	"path"
	"strings"
)

// Picture is a file in the scenario's folder that its story or hints show.
type Picture struct {
	Type string // its media type
	Data []byte
}

// PictureType returns a picture's media type by the ending of its name. It is "" for
// other files.
func PictureType(name string) string {
	switch strings.ToLower(path.Ext(name)) {
	case ".png":
		return "image/png"
	case ".jpg", ".jpeg":
		return "image/jpeg"
	case ".gif":
		return "image/gif"
	case ".webp":
		return "image/webp"
	case ".svg":
		return "image/svg+xml"
	}
	return ""
}

// IsGenuine reports whether the data starts the way files of its type do.
func (p Picture) IsGenuine() bool {
	begins := func(with string) bool { return bytes.HasPrefix(p.Data, []byte(with)) }
	switch p.Type {
	case "image/png":
		return begins("\x89PNG\r\n\x1a\n")
	case "image/jpeg":
		return begins("\xff\xd8\xff")
	case "image/gif":
		return begins("GIF87a") || begins("GIF89a")
	case "image/webp":
		return begins("RIFF") && len(p.Data) > 12 && string(p.Data[8:12]) == "WEBP"
	}
	return bytes.Contains(p.Data, []byte("<svg"))
}
