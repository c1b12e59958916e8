// Package web joins the two origins of the lab to one process: it listens,
// serves until it is told to stop, and shuts down in order.
package web

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"sync"
	"time"

	"corslab/lab/scenario"
	"corslab/lab/session"
	"corslab/web/api"
	"corslab/web/page"
	"corslab/web/proxy"
	"corslab/web/rescue"
	"corslab/web/view/specimen"
)

// Timing of the servers.
const (
	headerTimeout = 10 * time.Second
	readTimeout   = time.Minute // for a whole request; sockets have deadlines of their own
	writeTimeout  = time.Minute // for a whole answer, from the end of the request's header
	idleTimeout   = 2 * time.Minute
	shutdownTime  = 1500 * time.Millisecond
	expiryPeriod  = time.Minute
	maxHeaders    = 64 << 10 // bytes of a request's header section
)

// Lab is a lab whose two origins are open.
type Lab struct {
	Origins scenario.Origins

	sessions *session.Store
	page     *page.Server
	api      http.Handler
	pageOn   []net.Listener
	apiOn    []net.Listener
	closed   *reservation
	log      *slog.Logger
}

// Config is what whoever starts a lab decides.
type Config struct {
	PageAddr, APIAddr string // host:port; port 0 takes any free one
	Components        bool   // serve /components, for people who work on the lab's look
}

// Listen opens both origins; the host localhost is opened for IPv4 and IPv6. An
// address that cannot be opened gives an [*AddrError].
func Listen(config Config, shelf *scenario.Shelf, log *slog.Logger) (*Lab, error) {
	specimens, err := config.specimens()
	if err != nil {
		return nil, err
	}
	pageOn, err := listen("page", config.PageAddr)
	if err != nil {
		return nil, err
	}
	apiOn, err := listen("api", config.APIAddr)
	if err != nil {
		return nil, errors.Join(err, closeAll(pageOn))
	}
	origins, err := scenario.NewOrigins(bound(config.PageAddr, pageOn), bound(config.APIAddr, apiOn))
	if err != nil {
		return nil, errors.Join(err, closeAll(pageOn), closeAll(apiOn))
	}
	var closed *reservation
	if host, address, ok := closedHost(origins.API, apiOn[0].Addr()); ok {
		if closed, err = reserve(host, address); err != nil {
			return nil, errors.Join(err, closeAll(pageOn), closeAll(apiOn))
		}
		origins.Closed = closed.origin
	}
	sessions := session.NewStore(origins, time.Now)
	proxies := proxy.New(sessions, origins, apiOn[0].Addr().String(), log)
	return &Lab{
		Origins:  origins,
		sessions: sessions,
		page:     page.New(sessions, shelf, origins, specimens, proxies.SameOrigin(), page.DefaultLimits(), log),
		api:      api.New(sessions, origins, proxies.CORS(), log),
		pageOn:   pageOn,
		apiOn:    apiOn,
		closed:   closed,
		log:      log,
	}, nil
}

// specimens are what /components shows, none where it is not served.
func (c Config) specimens() ([]specimen.Specimen, error) {
	if !c.Components {
		return nil, nil
	}
	return specimen.All()
}

// Serve answers requests until ctx is done; then it closes the sockets with a
// reason, lets requests finish for a moment, and returns. A Lab is served once.
func (l *Lab) Serve(ctx context.Context) error {
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	pages, apis := l.server(ctx, l.page), l.server(ctx, l.api)

	failed := make(chan error, len(l.pageOn)+len(l.apiOn))
	for _, ln := range l.pageOn {
		go func() { failed <- pages.Serve(ln) }()
	}
	for _, ln := range l.apiOn {
		go func() { failed <- apis.Serve(ln) }()
	}
	go l.expire(ctx)

	var err error
	select {
	case <-ctx.Done():
	case err = <-failed:
		err = fmt.Errorf("serve: %w", err)
		stop()
	}
	return errors.Join(err, l.shutdown(pages, apis), l.closed.release())
}

func (l *Lab) server(ctx context.Context, handler http.Handler) *http.Server {
	return &http.Server{
		Handler:           rescue.Handler(handler, l.log),
		BaseContext:       func(net.Listener) context.Context { return ctx },
		ReadHeaderTimeout: headerTimeout,
		ReadTimeout:       readTimeout,
		WriteTimeout:      writeTimeout,
		IdleTimeout:       idleTimeout,
		MaxHeaderBytes:    maxHeaders,
		ErrorLog:          slog.NewLogLogger(l.log.Handler(), slog.LevelDebug),
	}
}

// shutdown ends both servers and the sockets, and waits for them, but not for
// long.
func (l *Lab) shutdown(servers ...*http.Server) (err error) {
	ctx, cancel := context.WithTimeout(context.Background(), shutdownTime)
	defer cancel()
	var closing sync.WaitGroup
	closing.Go(func() { l.page.CloseSockets(ctx) })
	for _, server := range servers {
		if server.Shutdown(ctx) != nil {
			err = errors.Join(err, server.Close())
		}
	}
	closing.Wait()
	if err != nil {
		return fmt.Errorf("shut down: %w", err)
	}
	return nil
}

// expire drops unused sessions from time to time.
func (l *Lab) expire(ctx context.Context) {
	tick := time.NewTicker(expiryPeriod)
	defer tick.Stop()
	for {
		select {
		case <-tick.C:
			l.sessions.Expire()
		case <-ctx.Done():
			return
		}
	}
}
