package page

import (
	"net/http"

	"github.com/go-chi/chi/v5"
)

// picturePolicy is the policy for a picture that is opened directly. An SVG is then a
// document, and must neither run nor load anything.
const picturePolicy = "default-src 'none'; style-src 'unsafe-inline'; sandbox"

// picture handles GET /scenarios/{scenario}/files/{file}. It serves only pictures that
// the scenario's texts show.
func (s *server) picture(w http.ResponseWriter, r *http.Request) {
	found := s.library.Library().Find(chi.URLParam(r, "scenario"))
	if found == nil {
		s.notFound(w, r)
		return
	}
	picture, ok := found.Pictures[chi.URLParam(r, "file")]
	if !ok {
		s.notFound(w, r)
		return
	}
	w.Header().Set("Content-Type", picture.Type)
	w.Header().Set("Content-Security-Policy", picturePolicy)
	serveContent(w, r, "", picture.Data)
}
