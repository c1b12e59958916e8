// Package page serves the lab's pages, the control routes by which a page sets its
// session, and the WebSocket that streams the journal. Every origin of the page listener
// gets the runners and a proxy; everything else is served on the page origin only.
package page

import (
	"context"
	"log/slog"
	"net/http"
	"runtime"
	"time"

	"corslab/lab/endpoint"
	"corslab/lab/glossary"
	"corslab/lab/library"
	"corslab/lab/origin"
	"corslab/lab/session"
	"corslab/web/client"

	"github.com/go-chi/chi/v5"
	"github.com/go-chi/chi/v5/middleware"
	"github.com/gorilla/websocket"
)

// Limits are the bounds on sockets and on control requests.
type Limits struct {
	Sockets    int           // open at one time
	PerClient  int           // of these, for one client
	PerSession int           // of these, for one session
	Write      time.Duration // a page that takes longer to read a message is dropped
	Ping       time.Duration // between two pings; a page that misses two is dropped

	Read time.Duration // a control request whose body takes longer is dropped

	Large          int // control requests with a large body, from all clients, at one time
	LargePerClient int // of these, from one client; its others wait

	Proxies client.Proxies // trusted to name their clients
}

// DefaultLimits are enough for a class that shares one address.
func DefaultLimits() Limits {
	return Limits{
		Sockets: 4_000, PerClient: 500, PerSession: 8, Write: 10 * time.Second, Ping: 30 * time.Second,
		Read: 10 * time.Second, Large: 64, LargePerClient: 8,
	}
}

type server struct {
	sessions *session.Store
	library  *library.Current
	origins  origin.Set
	glossary *glossary.Glossary
	limits   Limits
	log      *slog.Logger
	upgrader websocket.Upgrader
	sockets  *sockets
	large    *client.Slots

	proxy      http.Handler
	components http.Handler // nil for none

	rendering chan struct{} // one is taken by each entry that is being rendered
}

// New returns the page listener's handler. It serves two handlers of other packages:
// proxy is at /proxy/… on each origin, and components at /components on the page
// origin. Only components may be nil.
func New(sessions *session.Store, current *library.Current, proxy, components http.Handler, limits Limits, log *slog.Logger) *Server {
	origins := sessions.Origins()
	s := &server{
		sessions: sessions, library: current, origins: origins, proxy: proxy, components: components,
		glossary: glossary.New(), limits: limits, log: log,
		upgrader: newUpgrader(origins.Page.String(), limits),
		sockets:  newSockets(limits.Sockets, limits.PerClient),
		large:    client.NewSlots(limits.Proxies, limits.LargePerClient, limits.Large),

		rendering: make(chan struct{}, runtime.GOMAXPROCS(0)),
	}
	lab, callers := s.routes(), s.callerRoutes()
	return &Server{Handler: s.byHost(lab, callers), Lab: lab, Callers: callers, sockets: s.sockets}
}

// Server is the page listener's handler. It also holds the open sockets, because
// http.Server doesn't know them.
type Server struct {
	http.Handler
	Lab, Callers chi.Routes // the routes of the page origin, and of the listener's other origins
	sockets      *sockets
}

// CloseSockets closes the sockets with a reason. It returns when all are closed, or when
// ctx is done.
func (s *Server) CloseSockets(ctx context.Context) { s.sockets.close(ctx) }

// routes returns the routes of the page origin.
func (s *server) routes() chi.Router {
	r := chi.NewRouter()
	r.Use(middleware.GetHead)
	r.NotFound(s.handle(s.notFound))

	r.Group(func(r chi.Router) {
		r.Use(middleware.Compress(5, "text/html", "text/css", "text/javascript", "image/svg+xml"), s.secure)
		r.Get("/", s.handle(s.index))
		r.Get("/scenarios/{scenario}", s.handle(s.scenario))
		r.Get("/scenarios/{scenario}/{sandbox:sandbox}", s.handle(s.scenario))
		r.Get("/scenarios/{scenario}/files/{file}", s.handle(s.picture))
		r.Get("/problems", s.handle(s.problems))
		r.Get("/differences", s.handle(s.differences))
		r.Get("/errors", s.handle(s.lookUp))
		r.Get("/static/*", s.handle(s.static()))
		if s.components != nil {
			r.Get("/components", s.components.ServeHTTP)
			r.Get("/components/*", s.components.ServeHTTP)
		}
	})
	r.Get("/runner", s.handle(s.runner))
	r.Get("/runner/script", s.handle(s.scriptRunner))
	r.Handle(endpoint.Proxy+"/*", s.proxy)

	inBrief := middleware.Compress(5, "application/json")
	r.With(s.secure, s.fromOwnPage, s.limitLarge, inBrief).Post("/scenarios/{scenario}/comparison", s.takeControl(control.compareRuns))
	r.With(s.secure, s.fromOwnPage, s.limitLarge, inBrief).Post("/scenarios/{scenario}/{sandbox:sandbox}/comparison", s.takeControl(control.compareRuns))
	r.Route(origin.ControlPath+"{session}", func(r chi.Router) {
		r.Use(s.secure, s.fromOwnPage, s.limitLarge)
		r.With(inBrief).Put("/", s.takeControl(control.putSession))
		r.With(inBrief).Post("/reset", s.takeControl(control.resetSession))
		r.Post("/runs", s.takeControl(control.startRun))
		r.Post("/runs/{run}/outcome", s.takeControl(control.settleRun))
		r.Get("/file", s.takeControl(control.sessionFile))
		r.Get("/journal", s.handle(s.journal))
	})
	return r
}

// callerRoutes returns the routes of the listener's other origins: the runner with its
// files, and the proxy.
func (s *server) callerRoutes() chi.Router {
	r := chi.NewRouter()
	r.NotFound(s.handle(s.notFound))
	r.Get("/runner", s.handle(s.runner))
	r.Get("/runner/script", s.handle(s.scriptRunner))
	files := s.handle(s.static())
	for _, script := range allRunnerFiles() {
		r.Get("/static/"+script, files)
	}
	r.Handle(endpoint.Proxy+"/*", s.proxy)
	r.Get("/", func(w http.ResponseWriter, r *http.Request) {
		http.Redirect(w, r, s.origins.Page.URL("/"), http.StatusFound)
	})
	return r
}
