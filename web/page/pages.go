package page

import (
	"context"
	"errors"
	"net/http"

	"corslab/lab/cors"
	"corslab/web/view"

	"github.com/a-h/templ"
	"github.com/go-chi/chi/v5"
)

// index handles GET /: every scenario.
func (s *server) index(w http.ResponseWriter, r *http.Request) {
	s.render(w, r, http.StatusOK, view.Index(s.library.Library(), s.origins, len(s.library.Problems())))
}

// problems handles GET /problems: what is wrong with files that were changed.
func (s *server) problems(w http.ResponseWriter, r *http.Request) {
	s.render(w, r, http.StatusOK, view.Problems(s.library.Problems()))
}

// differences handles GET /differences: where browsers depart from the standard.
func (s *server) differences(w http.ResponseWriter, r *http.Request) {
	s.render(w, r, http.StatusOK, view.Differences(cors.Differences()))
}

// scenarioID is the ID that a path names: a sandbox's has two parts.
func scenarioID(r *http.Request) string {
	id := chi.URLParam(r, "scenario")
	if sandbox := chi.URLParam(r, "sandbox"); sandbox != "" {
		id += "/" + sandbox
	}
	return id
}

// scenario handles GET /scenarios/{scenario}, and the same with the sandbox that
// begins so. It knows no session: the page makes one.
func (s *server) scenario(w http.ResponseWriter, r *http.Request) {
	lib := s.library.Library()
	found := lib.Find(scenarioID(r))
	if found == nil {
		s.notFound(w, r)
		return
	}
	before, after := lib.Around(found.ID)
	s.render(w, r, http.StatusOK, view.Scenario(view.ScenarioPage{
		Scenario: found, Before: before, After: after, Origins: s.origins,
	}))
}

// runner handles GET /runner, and scriptRunner GET /runner/script, on every
// origin of the page listener.
func (s *server) runner(w http.ResponseWriter, r *http.Request) {
	s.renderRunner(w, r, runnerPolicy(s.origins), runnerFiles())
}

func (s *server) scriptRunner(w http.ResponseWriter, r *http.Request) {
	s.renderRunner(w, r, scriptRunnerPolicy(s.origins), scriptRunnerFiles())
}

func (s *server) renderRunner(w http.ResponseWriter, r *http.Request, policy string, scripts []string) {
	w.Header().Set("Content-Security-Policy", policy)
	w.Header().Set("X-Content-Type-Options", "nosniff")
	w.Header().Set("Referrer-Policy", "strict-origin-when-cross-origin") // WebKit would take the framing page's
	w.Header().Set("Cache-Control", "no-cache")
	s.render(w, r, http.StatusOK, view.Runner(s.origins.Page.String(), scripts))
}

// notFound is the page for every path that leads nowhere.
func (s *server) notFound(w http.ResponseWriter, r *http.Request) {
	s.secure(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		s.render(w, r, http.StatusNotFound, view.Failure("Page not found",
			"There is no page at "+r.URL.Path+". A scenario may have been renamed.", len(s.library.Problems())))
	})).ServeHTTP(w, r)
}

// render sends a page. It isn't the lab's error if rendering stops because the
// reader has gone or the lab is stopping.
func (s *server) render(w http.ResponseWriter, r *http.Request, status int, page templ.Component) {
	templ.Handler(page, templ.WithStatus(status), templ.WithErrorHandler(func(_ *http.Request, err error) http.Handler {
		status, message := http.StatusInternalServerError, "the page could not be made; the lab's log says why"
		if errors.Is(err, context.Canceled) {
			status, message = http.StatusServiceUnavailable, errBrokenOff.Error()
			s.log.Debug("page broken off", "path", r.URL.Path, "err", err)
		} else {
			s.log.Error("page not rendered", "path", r.URL.Path, "err", err)
		}
		return http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { http.Error(w, message, status) })
	})).ServeHTTP(w, r)
}
