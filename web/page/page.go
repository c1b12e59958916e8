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
	mounted  Mounted
	glossary *glossary.Glossary
	limits   Limits
	log      *slog.Logger
	upgrader websocket.Upgrader
	sockets  *sockets
	large    *client.Places

	rendering chan struct{} // holds one item for each entry that is being rendered
}

// Mounted are the handlers of other packages that the page listener serves.
type Mounted struct {
	Proxy      http.Handler // of /proxy/… on each origin; New panics without it
	Components http.Handler // of /components on the page origin; nil for none
}

// New returns the page listener's handler.
func New(sessions *session.Store, current *library.Current, mounted Mounted, limits Limits, log *slog.Logger) *Server {
	if mounted.Proxy == nil {
		panic("page: no proxy is mounted; want a handler of /proxy/")
	}
	origins := sessions.Origins()
	s := &server{
		sessions: sessions, library: current, origins: origins, mounted: mounted,
		glossary: glossary.New(), limits: limits, log: log,
		upgrader: newUpgrader(origins.Page.String(), limits),
		sockets:  newSockets(limits.Sockets, limits.PerClient),
		large:    client.NewPlaces(limits.Proxies, limits.LargePerClient, limits.Large),

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
	r.NotFound(s.notFound)

	r.Group(func(r chi.Router) {
		r.Use(middleware.Compress(5, "text/html", "text/css", "text/javascript", "image/svg+xml"), s.secure)
		r.Get("/", s.index)
		r.Get("/scenarios/{scenario}", s.scenario)
		r.Get("/scenarios/{scenario}/{sandbox:sandbox}", s.scenario)
		r.Get("/scenarios/{scenario}/files/{file}", s.picture)
		r.Get("/problems", s.problems)
		r.Get("/differences", s.differences)
		r.Get("/errors", s.lookUp)
		r.Get("/static/*", s.static())
		if s.mounted.Components != nil {
			r.Get("/components", s.mounted.Components.ServeHTTP)
			r.Get("/components/*", s.mounted.Components.ServeHTTP)
		}
	})
	r.Get("/runner", s.runner)
	r.Get("/runner/script", s.scriptRunner)
	r.Handle("/proxy/*", s.mounted.Proxy)

	inBrief := middleware.Compress(5, "application/json")
	r.With(s.secure, s.fromOwnPage, s.limitLarge, inBrief).Post("/scenarios/{scenario}/comparison", s.handle(s.compareRuns))
	r.With(s.secure, s.fromOwnPage, s.limitLarge, inBrief).Post("/scenarios/{scenario}/{sandbox:sandbox}/comparison", s.handle(s.compareRuns))
	r.Route(origin.ControlPath+"{session}", func(r chi.Router) {
		r.Use(s.secure, s.fromOwnPage, s.limitLarge)
		r.With(inBrief).Put("/", s.handle(s.putSession))
		r.With(inBrief).Post("/reset", s.handle(s.resetSession))
		r.Post("/runs", s.handle(s.startRun))
		r.Post("/runs/{run}/outcome", s.handle(s.settleRun))
		r.Get("/file", s.handle(s.sessionFile))
		r.Get("/journal", s.handle(s.journal))
	})
	return r
}

// callerRoutes returns the routes of the listener's other origins: the runner with its
// files, and the proxy.
func (s *server) callerRoutes() chi.Router {
	r := chi.NewRouter()
	r.NotFound(s.notFound)
	r.Get("/runner", s.runner)
	r.Get("/runner/script", s.scriptRunner)
	files := s.static()
	for _, script := range allRunnerFiles() {
		r.Get("/static/"+script, files)
	}
	r.Handle("/proxy/*", s.mounted.Proxy)
	r.Get("/", func(w http.ResponseWriter, r *http.Request) {
		http.Redirect(w, r, s.origins.Page.String()+"/", http.StatusFound)
	})
	return r
}
