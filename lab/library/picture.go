package library

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"strings"

	"corslab/lab/scenario"
)

// Bounds on pictures, in bytes.
const (
	MaxPicture    = 1 << 20  // one picture
	maxPicturesOf = 64 << 20 // all pictures of a folder
)

// pictures reads the pictures of one folder, each once.
type pictures struct {
	source Source
	read   map[string]scenario.Picture
	bytes  int
}

func newPictures(source Source) *pictures {
	return &pictures{source: source, read: make(map[string]scenario.Picture)}
}

// get returns a picture. The caller has checked that files may have the name.
func (p *pictures) get(name string) (scenario.Picture, error) {
	if picture, found := p.read[name]; found {
		return picture, nil
	}
	data, err := readBounded(p.source.FS, name, MaxPicture)
	if err != nil {
		return scenario.Picture{}, reason(err)
	}
	picture := scenario.Picture{Type: scenario.PictureType(name), Data: data}
	switch p.bytes += len(data); {
	case len(data) > MaxPicture:
		return scenario.Picture{}, fmt.Errorf("it has more than %d bytes", MaxPicture)
	case p.bytes > maxPicturesOf:
		return scenario.Picture{}, fmt.Errorf("the folder's pictures have more than %d bytes together", maxPicturesOf)
	case !picture.IsGenuine():
		return scenario.Picture{}, fmt.Errorf("it is no %s, although its name says so", strings.TrimPrefix(picture.Type, "image/"))
	}
	p.read[name] = picture
	return picture, nil
}

// names lists the pictures in the folder.
func (p *pictures) names() (names []string) {
	entries, err := p.source.entries()
	if err != nil {
		return nil
	}
	for _, entry := range entries {
		if scenario.PictureType(entry.Name()) != "" {
			names = append(names, entry.Name())
		}
	}
	return names
}

// readBounded reads a file, but no more than a byte beyond the limit. It refuses
// anything that isn't a regular file, such as a pipe.
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

// reason says why a file can't be read, without the file's name, which messages already
// begin with.
func reason(err error) error {
	var at *fs.PathError
	if errors.As(err, &at) {
		return at.Err
	}
	return err
}
