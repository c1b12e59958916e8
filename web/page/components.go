package page

import (
	"net/http"
	"slices"

	"corslab/web/view/gallery"

	"github.com/go-chi/chi/v5"
)

// components handles GET /components: every component in every state.
func (s *server) components(w http.ResponseWriter, r *http.Request) {
	s.render(w, r, http.StatusOK, gallery.Gallery(s.specimens))
}

// component handles GET /components/{specimen}: one component in one state.
func (s *server) component(w http.ResponseWriter, r *http.Request) {
	name := chi.URLParam(r, "specimen")
	at := slices.IndexFunc(s.specimens, func(each gallery.Specimen) bool { return each.Name == name })
	if at < 0 {
		s.notFound(w, r)
		return
	}
	found := s.specimens[at]
	w.Header().Set("Content-Security-Policy", specimenPolicy(found.Page == nil))
	s.render(w, r, http.StatusOK, found.Document())
}
