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

// index handles GET /, the home page.
func (s *server) index(w http.ResponseWriter, r *http.Request) {
	s.render(w, r, http.StatusOK, view.Index(s.library.Library(), s.origins, len(s.library.Problems())))
}

// problems handles GET /problems, the page about mistakes in changed files.
func (s *server) problems(w http.ResponseWriter, r *http.Request) {
	s.render(w, r, http.StatusOK, view.Problems(s.library.Problems()))
}

// differences handles GET /differences, the page about browsers' departures from the
// standard.
func (s *server) differences(w http.ResponseWriter, r *http.Request) {
	s.render(w, r, http.StatusOK, view.Differences(cors.Differences()))
}

// scenarioID returns the ID in the request's path. A sandbox's ID has two parts.
func scenarioID(r *http.Request) string {
	id := chi.URLParam(r, "scenario")
	if sandbox := chi.URLParam(r, "sandbox"); sandbox != "" {
		id += "/" + sandbox
	}
	return id
}

// scenario handles GET /scenarios/{scenario} and the sandboxes below it. The page
// creates its session later, from its script.
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

// runner handles GET /runner, and scriptRunner handles GET /runner/script, on every
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
	w.Header().Set("Referrer-Policy", "strict-origin-when-cross-origin") // WebKit would use the framing page's policy
	w.Header().Set("Cache-Control", "no-cache")
	s.render(w, r, http.StatusOK, view.Runner(s.origins.Page.String(), scripts))
}

// notFound is the page for unknown paths.
func (s *server) notFound(w http.ResponseWriter, r *http.Request) {
	s.secure(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		s.render(w, r, http.StatusNotFound, view.Failure("Page not found",
			"There is no page at "+r.URL.Path+". A scenario may have been renamed.", len(s.library.Problems())))
	})).ServeHTTP(w, r)
}

// render sends a page. If rendering stops because the client has gone or the lab is
// stopping, that isn't an error.
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
