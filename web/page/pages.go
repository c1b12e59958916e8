package page

import (
	"fmt"
	"net/http"

	"corslab/lab/cors"
	"corslab/web/view"

	"github.com/a-h/templ"
	"github.com/go-chi/chi/v5"
)

// index handles GET /: every scenario.
func (s *server) index(w http.ResponseWriter, r *http.Request) error {
	return s.render(w, r, http.StatusOK, view.Index(s.library.Library(), s.origins, len(s.library.Problems())))
}

// problems handles GET /problems: what is wrong with files that were changed.
func (s *server) problems(w http.ResponseWriter, r *http.Request) error {
	return s.render(w, r, http.StatusOK, view.Problems(s.library.Problems()))
}

// differences handles GET /differences: where browsers depart from the standard.
func (s *server) differences(w http.ResponseWriter, r *http.Request) error {
	return s.render(w, r, http.StatusOK, view.Differences(cors.Differences()))
}

// scenarioID returns the ID in the request's path. A sandbox's ID has two parts.
func scenarioID(r *http.Request) string {
	id := chi.URLParam(r, "scenario")
	if sandbox := chi.URLParam(r, "sandbox"); sandbox != "" {
		id += "/" + sandbox
	}
	return id
}

// scenario handles GET /scenarios/{scenario} and its sandbox, /scenarios/{scenario}/sandbox.
// It knows no session: the page makes one.
func (s *server) scenario(w http.ResponseWriter, r *http.Request) error {
	lib := s.library.Library()
	found := lib.Find(scenarioID(r))
	if found == nil {
		return s.notFound(w, r)
	}
	before, after := lib.Neighbors(found.ID)
	return s.render(w, r, http.StatusOK, view.Scenario(view.ScenarioPage{
		Scenario: found, Before: before, After: after, Origins: s.origins,
	}))
}

// runner handles GET /runner, and scriptRunner handles GET /runner/script, on every
// origin of the page listener.
func (s *server) runner(w http.ResponseWriter, r *http.Request) error {
	return s.renderRunner(w, r, runnerPolicy(s.origins), runnerFiles())
}

func (s *server) scriptRunner(w http.ResponseWriter, r *http.Request) error {
	return s.renderRunner(w, r, scriptRunnerPolicy(s.origins), scriptRunnerFiles())
}

func (s *server) renderRunner(w http.ResponseWriter, r *http.Request, policy string, scripts []string) error {
	w.Header().Set("Content-Security-Policy", policy)
	w.Header().Set("X-Content-Type-Options", "nosniff")
	w.Header().Set("Referrer-Policy", "strict-origin-when-cross-origin") // WebKit would use the framing page's policy
	w.Header().Set("Cache-Control", "no-cache")
	return s.render(w, r, http.StatusOK, view.Runner(s.origins.Page.String(), scripts))
}

// notFound is the page for every path that leads nowhere.
func (s *server) notFound(w http.ResponseWriter, r *http.Request) error {
	setSecurity(w.Header(), contentSecurityPolicy(s.origins))
	return s.render(w, r, http.StatusNotFound, view.Failure("Page not found",
		"There is no page at "+r.URL.Path+". A scenario may have been renamed.", len(s.library.Problems())))
}

// render sends a page, once it is complete.
func (s *server) render(w http.ResponseWriter, r *http.Request, status int, page templ.Component) error {
	html := templ.GetBuffer()
	defer templ.ReleaseBuffer(html)
	if err := page.Render(r.Context(), html); err != nil {
		return fmt.Errorf("render a page: %w", err)
	}
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.WriteHeader(status)
	if _, err := html.WriteTo(w); err != nil {
		s.log.Debug("page not sent", "err", err)
	}
	return nil
}
