package gallery

import (
	"net/http"
	"slices"

	"github.com/a-h/templ"
	"github.com/go-chi/chi/v5"
)

// Handler serves the gallery at /components and each sample below it. The page origin
// mounts it for tests and for people who work on the lab's look; corslab doesn't link
// it.
func Handler() (http.Handler, error) {
	samples, err := All()
	if err != nil {
		return nil, err
	}
	r := chi.NewRouter()
	r.Method(http.MethodGet, "/components", templ.Handler(Gallery(samples)))
	r.Get("/components/{sample}", func(w http.ResponseWriter, r *http.Request) {
		name := chi.URLParam(r, "sample")
		at := slices.IndexFunc(samples, func(s Sample) bool { return s.Name == name })
		if at < 0 {
			http.NotFound(w, r)
			return
		}
		w.Header().Set("Content-Security-Policy", samplePolicy(samples[at]))
		templ.Handler(samples[at].Document()).ServeHTTP(w, r)
	})
	return r, nil
}

// samplePolicy lets only the gallery frame a sample. A sample that is a whole page must
// not run the page's scripts, because they would open a session.
func samplePolicy(s Sample) string {
	policy := "default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none'; form-action 'none'; " +
		"require-trusted-types-for 'script'; trusted-types corslab; frame-ancestors 'self'"
	if s.Page == nil {
		policy += "; script-src 'self'"
	}
	return policy
}
