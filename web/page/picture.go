package page

import (
	"net/http"

	"github.com/go-chi/chi/v5"
)

// picturePolicy is the policy for a picture that is opened directly. An SVG is then a
// document, and must neither run nor load anything.
const picturePolicy = "default-src 'none'; style-src 'unsafe-inline'; sandbox"

// picture handles GET /scenarios/{scenario}/files/{file}: a picture in a
// scenario's texts, and no other file.
func (s *server) picture(w http.ResponseWriter, r *http.Request) error {
	found := s.library.Library().Find(chi.URLParam(r, "scenario"))
	if found == nil {
		return s.notFound(w, r)
	}
	picture, ok := found.Pictures[chi.URLParam(r, "file")]
	if !ok {
		return s.notFound(w, r)
	}
	w.Header().Set("Content-Type", picture.Type)
	w.Header().Set("Content-Security-Policy", picturePolicy)
	serveContent(w, r, "", picture.Data)
	return nil
}
