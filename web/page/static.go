package page

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"io/fs"
	"net/http"
	"slices"
	"strings"
	"time"

	"corslab/static"
)

// static handles GET /static/…: the embedded scripts and styles, which it reads
// once.
func (s *server) static() handler {
	files := staticFiles()
	return func(w http.ResponseWriter, r *http.Request) error {
		name := strings.TrimPrefix(r.URL.Path, "/static/")
		content, found := files[name]
		if !found {
			return s.notFound(w, r)
		}
		w.Header().Set("Cache-Control", "no-cache")
		if slices.Contains(allRunnerFiles(), name) { // a sandboxed frame, whose origin is null, loads it too
			w.Header().Set("Cross-Origin-Resource-Policy", "cross-origin")
		}
		serveContent(w, r, name, content)
		return nil
	}
}

// staticFiles returns every file that pages load, by name.
func staticFiles() map[string][]byte {
	files := make(map[string][]byte)
	_ = fs.WalkDir(static.Files, ".", func(name string, _ fs.DirEntry, _ error) error {
		if content, err := static.Read(name); err == nil { // false for a folder
			files[name] = content
		}
		return nil
	})
	return files
}

// serveContent serves content that has no modification time, with a hash of it as ETag.
func serveContent(w http.ResponseWriter, r *http.Request, name string, content []byte) {
	sum := sha256.Sum256(content)
	w.Header().Set("ETag", `W/"`+hex.EncodeToString(sum[:8])+`"`)
	http.ServeContent(w, r, name, time.Time{}, bytes.NewReader(content))
}
