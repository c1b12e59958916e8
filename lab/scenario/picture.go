package scenario

import (
	"bytes"
	"path"
	"strings"
)

// Picture is a file in the scenario's folder that its texts show.
type Picture struct {
	Type string // its media type
	Data []byte
}

// PictureType tells by its name's ending what a picture is; empty for none.
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

// IsGenuine reports whether the data begins as that of its type does.
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
