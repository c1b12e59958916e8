package page

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"

	"corslab/lab/session"
	"corslab/web/recovery"
	"corslab/web/view"

	"github.com/a-h/templ"
	"github.com/go-chi/chi/v5"
	"github.com/gorilla/websocket"
)

func newUpgrader(origin string, limits Limits) websocket.Upgrader {
	return websocket.Upgrader{
		HandshakeTimeout: limits.Write,
		ReadBufferSize:   256, // pages send only control frames
		WriteBufferPool:  new(sync.Pool),
		CheckOrigin:      func(r *http.Request) bool { return r.Header.Get("Origin") == origin },
	}
}

// journal handles GET /sessions/{session}/journal?after=SEQ&revision=R, a WebSocket. It
// sends every entry after SEQ that is still kept, and then new entries as they happen.
// It also tells the page when revision R of its scenario is no longer the newest.
func (s *server) journal(w http.ResponseWriter, r *http.Request) error {
	current, err := s.sessions.Get(chi.URLParam(r, "session"))
	if err != nil {
		return err
	}
	after, err := strconv.ParseUint(r.URL.Query().Get("after"), 10, 64)
	if err != nil {
		return fmt.Errorf("after=%q: %w", r.URL.Query().Get("after"), session.ErrPosition)
	}
	place, refused := s.place(r, current)
	conn, err := s.upgrader.Upgrade(w, r, nil)
	switch {
	case err != nil:
		s.log.Debug("no WebSocket", "err", err) // the upgrader has responded
		if place != nil {
			s.sockets.leave(place)
		}
	case refused != nil:
		s.refuseSocket(conn, refused)
		_ = conn.Close()
	default:
		go s.follow(conn, place, current, after, &shownRevision{id: r.URL.Query().Get("revision")})
	}
	return nil
}

// place gives the request's socket a place, or returns the reason why it can't.
func (s *server) place(r *http.Request, current *session.Session) (*socket, error) {
	if current.Watchers() >= s.limits.PerSession {
		return nil, errSameSession
	}
	return s.sockets.enter(s.limits.Proxies.Of(r))
}

// refuseSocket closes an open socket with a reason that its page can show. A script
// can't see why a handshake was refused.
func (s *server) refuseSocket(conn *websocket.Conn, why error) {
	s.close(conn, websocket.CloseTryAgainLater, why.Error())
}

// follow streams the journal until one side ends it. It runs outside of the handler,
// because net/http keeps a connection's request and buffers while its handler runs,
// which would double the memory of an idle page.
func (s *server) follow(conn *websocket.Conn, place *socket, current *session.Session, after uint64, shown *shownRevision) {
	defer s.sockets.leave(place)
	defer conn.Close()
	defer current.Watch()()
	defer recovery.Recover(s.log, "socket", current.ID)

	gone := s.listen(conn)
	s.stream(s.sockets.ctx, conn, place, gone, current, after, shown)
}

// listen reads what the page sends, which is nothing but pongs. The channel is closed
// when the page is gone or breaks the protocol.
func (s *server) listen(conn *websocket.Conn) (gone <-chan struct{}) {
	done := make(chan struct{})
	alive := func(string) error { return conn.SetReadDeadline(time.Now().Add(2*s.limits.Ping + s.limits.Write)) }
	conn.SetReadLimit(1024)
	conn.SetPongHandler(alive)
	go func() {
		defer close(done)
		if err := alive(""); err != nil {
			return
		}
		if _, _, err := conn.NextReader(); err == nil {
			s.close(conn, websocket.ClosePolicyViolation, "this socket takes no messages")
		}
	}()
	return done
}

// stream is the only writer to the socket. It has no queue: entries that the page hasn't
// read yet wait in the session's ring, so a slow page costs nothing and later gets
// whatever is still kept.
func (s *server) stream(ctx context.Context, conn *websocket.Conn, place *socket, gone <-chan struct{}, current *session.Session, after uint64, shown *shownRevision) {
	ping := time.NewTicker(s.limits.Ping)
	defer ping.Stop()
	for {
		last := current.Position().Seq
		entries, changed := current.Entries(after)
		if len(entries) > 0 {
			if err := s.send(ctx, conn, current, entries, after); err != nil && ctx.Err() != nil {
				s.close(conn, websocket.CloseGoingAway, "the lab is stopping")
				return
			} else if err != nil {
				s.log.Debug("page dropped", "session", current.ID, "err", err)
				return
			}
			after = entries[len(entries)-1].Seq
			continue
		}
		if last > after { // the journal was emptied
			if err := s.write(ctx, conn, message{Seq: last, Kind: "gap"}, view.Gap(last+1)); err != nil {
				s.log.Debug("page dropped", "session", current.ID, "err", err)
				return
			}
			after = last
			continue
		}
		if err := s.sendRevision(ctx, conn, current, shown); err != nil {
			s.log.Debug("page dropped", "session", current.ID, "err", err)
			return
		}
		select {
		case <-changed:
		case <-shown.replaced:
		case <-ping.C:
			if conn.WriteControl(websocket.PingMessage, nil, time.Now().Add(s.limits.Write)) != nil {
				return
			}
		case <-gone:
			return
		case <-place.displaced:
			s.refuseSocket(conn, errDisplaced)
			return
		case <-current.Ended():
			s.refuseSocket(conn, errDropped)
			return
		case <-ctx.Done():
			s.close(conn, websocket.CloseGoingAway, "the lab is stopping")
			return
		}
	}
}

func (s *server) close(conn *websocket.Conn, code int, reason string) {
	message := websocket.FormatCloseMessage(code, reason)
	if err := conn.WriteControl(websocket.CloseMessage, message, time.Now().Add(time.Second)); err != nil {
		s.log.Debug("socket not closed in order", "err", err)
	}
}

// message is one entry on its way to the page.
type message struct {
	Seq  uint64 `json:"seq"`
	Kind string `json:"kind"` // "gap", "started", "received", "settled" or "revision"
	Run  int    `json:"run"`
	HTML string `json:"html"`
}

// send writes one message for each entry. If the ring has lost entries that the page
// hasn't seen, it first sends a gap.
func (s *server) send(ctx context.Context, conn *websocket.Conn, current *session.Session, entries []session.Entry, after uint64) error {
	first := entries[0].Seq
	if first > after+1 {
		if err := s.write(ctx, conn, message{Seq: first - 1, Kind: "gap"}, view.Gap(first)); err != nil {
			return err
		}
	}
	found, _ := current.Attempt()
	lanes := view.LanesOf(found, s.origins)
	last := lastSettled(entries)
	for i, e := range entries {
		if err := ctx.Err(); err != nil {
			return err
		}
		kind, fragment := view.Fragment(lanes, e)
		if i == last {
			fragment = templ.Join(fragment, view.Caches(current.Caches(), time.Now()))
		}
		if err := s.write(ctx, conn, message{Seq: e.Seq, Kind: kind, Run: e.Run}, fragment); err != nil {
			return err
		}
	}
	return nil
}

// lastSettled returns the index of the last entry that ends a run, or -1. That entry is
// sent together with the content of the caches.
func lastSettled(entries []session.Entry) int {
	for i, e := range slices.Backward(entries) {
		if e.Settled != nil && e.Settled.Last {
			return i
		}
	}
	return -1
}

func (s *server) write(ctx context.Context, conn *websocket.Conn, m message, fragment templ.Component) error {
	encoded, err := s.encode(ctx, m, fragment)
	if err != nil {
		return err
	}
	if err := conn.SetWriteDeadline(time.Now().Add(s.limits.Write)); err != nil {
		return err
	}
	return conn.WriteMessage(websocket.TextMessage, encoded)
}

// encode renders a message. It renders no more messages at one time than there are
// processors, so that a thousand pages that catch up can't keep the lab from stopping.
func (s *server) encode(ctx context.Context, m message, fragment templ.Component) ([]byte, error) {
	select {
	case s.rendering <- struct{}{}:
		defer func() { <-s.rendering }()
	case <-ctx.Done():
		return nil, ctx.Err()
	}
	html, err := render(ctx, fragment)
	if err != nil {
		return nil, err
	}
	m.HTML = html
	encoded, err := json.Marshal(m)
	if err != nil {
		return nil, fmt.Errorf("encode entry %d: %w", m.Seq, err)
	}
	return encoded, nil
}

// render joins fragments to one piece of markup.
func render(ctx context.Context, fragments ...templ.Component) (string, error) {
	var html strings.Builder
	for _, fragment := range fragments {
		if err := fragment.Render(ctx, &html); err != nil {
			return "", fmt.Errorf("render a fragment: %w", err)
		}
	}
	return html.String(), nil
}
