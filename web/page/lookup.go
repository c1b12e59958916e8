package page

import (
	"net/http"

	"corslab/web/view"
)

// lookUp handles GET /errors?text=…, which explains a pasted console line. The text is in
// the URL, so that the result can be shared.
func (s *server) lookUp(w http.ResponseWriter, r *http.Request) error {
	w.Header().Set("Content-Security-Policy", formPolicy(s.origins))
	reading := s.glossary.LookUp(r.URL.Query().Get("text"))
	return s.render(w, r, http.StatusOK, view.LookUp(view.LookUpPage{Reading: reading, Glossary: s.glossary, Library: s.library.Library()}))
}
