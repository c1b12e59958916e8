package page

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"net/http"
	"slices"
	"strings"
	"time"

	"corslab/static"
)

// static handles GET /static/…: the embedded scripts and styles, each with an
// ETag of its content, because embedded files have no time of change.
func (s *server) static() http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		name := strings.TrimPrefix(r.URL.Path, "/static/")
		content, err := static.Read(name)
		if err != nil {
			s.notFound(w, r)
			return
		}
		sum := sha256.Sum256(content)
		w.Header().Set("ETag", `W/"`+hex.EncodeToString(sum[:8])+`"`)
		w.Header().Set("Cache-Control", "no-cache")
		if slices.Contains(runnerScripts(), name) { // a sandboxed frame, whose origin is null, loads it too
			w.Header().Set("Cross-Origin-Resource-Policy", "cross-origin")
		}
		http.ServeContent(w, r, name, time.Time{}, bytes.NewReader(content))
	}
}
