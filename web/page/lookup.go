package page

import (
	"net/http"

	"corslab/web/view"
)

// lookUp handles GET /errors?text=…, which explains a message from the console. The text
// is part of the address so that the page can be shared.
func (s *server) lookUp(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Content-Security-Policy", formPolicy(s.origins))
	reading := s.glossary.LookUp(r.URL.Query().Get("text"))
	s.render(w, r, http.StatusOK, view.LookUp(view.LookUpPage{Reading: reading, Glossary: s.glossary, Library: s.library.Library()}))
}
