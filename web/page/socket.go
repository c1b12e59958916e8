package page

import (
	"fmt"
	"net/http"
	"strconv"
	"sync"
	"time"

	"corslab/lab/session"

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
	admitted, refused := s.admit(r, current)
	conn, err := s.upgrader.Upgrade(w, r, nil)
	switch {
	case err != nil:
		s.log.Debug("no WebSocket", "err", err) // the upgrader has responded
		if admitted != nil {
			s.sockets.leave(admitted)
		}
	case refused != nil:
		s.refuseSocket(conn, refused)
		_ = conn.Close()
	default:
		f := &follower{server: s, conn: conn, socket: admitted, session: current, after: after}
		f.shown.id = r.URL.Query().Get("revision")
		go f.follow()
	}
	return nil
}

// admit admits the request's socket, or returns the reason why it can't.
func (s *server) admit(r *http.Request, current *session.Session) (*socket, error) {
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

func (s *server) close(conn *websocket.Conn, code int, reason string) {
	message := websocket.FormatCloseMessage(code, reason)
	if err := conn.WriteControl(websocket.CloseMessage, message, time.Now().Add(time.Second)); err != nil {
		s.log.Debug("socket not closed in order", "err", err)
	}
}
