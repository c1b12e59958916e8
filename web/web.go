// Package web runs the lab's two origins in one process. It listens, serves until its
// context is done, and shuts down cleanly.
package web

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"runtime/debug"
	"sync"
	"time"

	"corslab/lab/library"
	"corslab/lab/origin"
	"corslab/lab/session"
	"corslab/web/api"
	"corslab/web/client"
	"corslab/web/page"
	"corslab/web/proxy"
	"corslab/web/recovery"
)

// Timing of the servers.
const (
	headerTimeout = 10 * time.Second
	readTimeout   = time.Minute // for a whole request; sockets have their own deadlines
	writeTimeout  = time.Minute // for a whole response, from the end of the request's header
	idleTimeout   = 2 * time.Minute
	shutdownTime  = 1500 * time.Millisecond
	expiryPeriod  = 30 * time.Second
	maxHeaders    = 64 << 10 // bytes of a request's header section
)

// worthFreeing is how many bytes of journals must be freed before the lab returns
// memory to the system, which stops everything for some milliseconds.
const worthFreeing = 4 << 20

// Lab is a lab whose two origins are open.
type Lab struct {
	Origins origin.Set

	sessions    *session.Store
	page        *page.Server
	api         http.Handler
	pageOn      []net.Listener
	apiOn       []net.Listener
	closed      *reservation
	connections *client.Connections
	log         *slog.Logger
}

// Config says where a lab listens, what it serves in addition, and how much of it can be
// used.
type Config struct {
	PageAddr, APIAddr string       // host:port; port 0 means any free port
	Components        http.Handler // for /components, where people work on the lab's look; may be nil
	Limits            Limits       // such as DefaultLimits; Listen refuses limits below 1
}

// Listen opens both origins. For localhost it opens both IPv4 and IPv6. It returns an
// [*AddrError] if it can't open an address.
func Listen(config Config, current *library.Current, log *slog.Logger) (*Lab, error) {
	if err := config.Limits.check(); err != nil {
		return nil, err
	}
	limits, err := config.Limits.within(descriptors())
	if err != nil {
		return nil, err
	}
	lab := &Lab{log: log}
	if err := lab.open(config); err != nil {
		return nil, errors.Join(err, lab.Close())
	}
	lab.assemble(current, limits, config.Components)
	return lab, nil
}

// open opens the ports and derives the origins from them.
func (l *Lab) open(config Config) (err error) {
	if l.pageOn, err = listen("page", config.PageAddr); err != nil {
		return err
	}
	if l.apiOn, err = listen("api", config.APIAddr); err != nil {
		return err
	}
	if l.Origins, err = origin.New(bound(config.PageAddr, l.pageOn), bound(config.APIAddr, l.apiOn)); err != nil {
		return err
	}
	if host, address, ok := closedHost(l.Origins.API, l.apiOn[0].Addr()); ok {
		if l.closed, err = reserve(host, address); err != nil {
			return err
		}
		l.Origins.Closed = l.closed.origin
	}
	l.pageOn, err = refuseTooLong(l.pageOn, l.Origins)
	return err
}

// assemble builds the handlers of both origins. The ports must be open.
func (l *Lab) assemble(current *library.Current, limits Limits, components http.Handler) {
	l.sessions = session.NewStore(l.Origins, time.Now, limits.Sessions)
	l.connections = client.NewConnections(limits.Page.Proxies, limits.ConnectionsPerClient, limits.Connections)
	proxies := proxy.New(l.sessions, l.Origins, l.apiOn[0].Addr().String(), l.log)
	relayed := limits.relayed()
	l.page = page.New(l.sessions, current, relayed.Handler(proxies.SameOrigin(), always), components, limits.Page, l.log)
	l.api = api.New(l.sessions, l.Origins, relayed.Handler(proxies.CORS(), always), l.log)
	l.pageOn, l.apiOn = counted(l.connections, l.pageOn), counted(l.connections, l.apiOn)
}

func always(*http.Request) bool { return true }

// counted wraps the listeners so that their connections count toward the limits.
func counted(connections *client.Connections, listeners []net.Listener) (all []net.Listener) {
	for _, ln := range listeners {
		all = append(all, connections.Listener(ln))
	}
	return all
}

// Close closes both origins of a Lab that isn't serving.
func (l *Lab) Close() error {
	return errors.Join(closeAll(l.pageOn), closeAll(l.apiOn), l.closed.release())
}

// Serve answers requests until ctx is done. Then it closes the sockets with a reason,
// gives requests a moment to finish, and returns. Call it only once.
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
		Handler:           recovery.Handler(handler, l.log),
		BaseContext:       func(net.Listener) context.Context { return ctx },
		ReadHeaderTimeout: headerTimeout,
		ReadTimeout:       readTimeout,
		WriteTimeout:      writeTimeout,
		IdleTimeout:       idleTimeout,
		MaxHeaderBytes:    maxHeaders,
		ConnState:         l.connections.State,
		ErrorLog:          slog.NewLogLogger(l.log.Handler(), slog.LevelDebug),
	}
}

// shutdown stops the servers and closes the sockets. It waits for them at most
// shutdownTime.
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

// expire regularly drops unused sessions and returns their memory to the system. The
// garbage collector alone would return it much later.
func (l *Lab) expire(ctx context.Context) {
	tick := time.NewTicker(expiryPeriod)
	defer tick.Stop()
	var freed int64
	for {
		select {
		case <-tick.C:
			_, now := l.sessions.Expire()
			if freed += now; freed >= worthFreeing {
				debug.FreeOSMemory()
				freed = 0
			}
		case <-ctx.Done():
			return
		}
	}
}
