package scenario

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"path"
	"strings"
)

// Bounds on pictures, in bytes but for the first.
const (
	MaxPictures   = 20       // in the texts of one file
	MaxPicture    = 1 << 20  // one picture
	maxPicturesOf = 64 << 20 // all pictures of a folder
)

// Picture is a file that stands beside a scenario's and is shown in its texts.
type Picture struct {
	Type string // its media type
	Data []byte
}

// pictureType tells by its name's ending what a picture is; empty for none.
func pictureType(name string) string {
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

// is reports whether the data begins as that of its type does.
func (p Picture) is() bool {
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

// pictures reads those of one folder, each once.
type pictures struct {
	source Source
	read   map[string]Picture
	bytes  int
}

func newPictures(source Source) *pictures {
	return &pictures{source: source, read: make(map[string]Picture)}
}

// get returns a picture, which has a name that [pictureName] allows.
func (p *pictures) get(name string) (Picture, error) {
	if picture, found := p.read[name]; found {
		return picture, nil
	}
	data, err := readBounded(p.source.FS, name, MaxPicture)
	if err != nil {
		return Picture{}, reason(err)
	}
	picture := Picture{Type: pictureType(name), Data: data}
	switch p.bytes += len(data); {
	case len(data) > MaxPicture:
		return Picture{}, fmt.Errorf("it has more than %d bytes", MaxPicture)
	case p.bytes > maxPicturesOf:
		return Picture{}, fmt.Errorf("the folder's pictures have more than %d bytes together", maxPicturesOf)
	case !picture.is():
		return Picture{}, fmt.Errorf("it is no %s, although its name says so", strings.TrimPrefix(picture.Type, "image/"))
	}
	p.read[name] = picture
	return picture, nil
}

// names lists the pictures that are there.
func (p *pictures) names() (names []string) {
	entries, err := p.source.entries()
	if err != nil {
		return nil
	}
	for _, entry := range entries {
		if pictureType(entry.Name()) != "" {
			names = append(names, entry.Name())
		}
	}
	return names
}

// readBounded reads a file, and of a larger one a byte more than the limit.
// What is no regular file, such as a pipe, is refused.
func readBounded(fsys fs.FS, name string, limit int64) ([]byte, error) {
	info, err := fs.Stat(fsys, name)
	if err != nil {
		return nil, err
	}
	if !info.Mode().IsRegular() {
		return nil, &fs.PathError{Op: "read", Path: name, Err: errors.New("it is not a regular file")}
	}
	file, err := fsys.Open(name)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	return io.ReadAll(io.LimitReader(file, limit+1))
}

// reason is why a file cannot be read, without its name: what is said of a file
// begins with that.
func reason(err error) error {
	var at *fs.PathError
	if errors.As(err, &at) {
		return at.Err
	}
	return err
}
