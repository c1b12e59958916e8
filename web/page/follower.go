package page

import (
	"context"
	"slices"
	"time"

	"corslab/lab/session"
	"corslab/web/recovery"
	"corslab/web/view"

	"github.com/a-h/templ"
	"github.com/gorilla/websocket"
)

// follower streams the journal of a session to one page. It has no queue: entries that
// the page hasn't read yet wait in the session's ring, so a slow page costs nothing and
// later gets whatever is still kept.
type follower struct {
	*server
	conn    *websocket.Conn
	socket  *socket
	session *session.Session
	after   uint64 // the last entry that the page has
	shown   shownRevision
}

// follow streams until one side ends it. It runs outside of the handler, because
// net/http keeps a connection's request and buffers while its handler runs, which would
// double the memory of an idle page.
func (f *follower) follow() {
	defer f.sockets.leave(f.socket)
	defer f.conn.Close()
	defer f.session.Watch()()
	defer recovery.Recover(f.log, "socket", f.session.ID)

	f.stream(f.sockets.ctx, f.listen())
}

// listen reads what the page sends, which is nothing but pongs. The channel is closed
// when the page is gone or breaks the protocol.
func (f *follower) listen() (gone <-chan struct{}) {
	done := make(chan struct{})
	alive := func(string) error {
		return f.conn.SetReadDeadline(time.Now().Add(2*f.limits.Ping + f.limits.Write))
	}
	f.conn.SetReadLimit(1024)
	f.conn.SetPongHandler(alive)
	go func() {
		defer close(done)
		if err := alive(""); err != nil {
			return
		}
		if _, _, err := f.conn.NextReader(); err == nil {
			f.close(f.conn, websocket.ClosePolicyViolation, "this socket takes no messages")
		}
	}()
	return done
}

// stream is the only writer to the socket.
func (f *follower) stream(ctx context.Context, gone <-chan struct{}) {
	ping := time.NewTicker(f.limits.Ping)
	defer ping.Stop()
	for more := true; more; {
		changed, err := f.catchUp(ctx)
		switch {
		case err != nil && ctx.Err() != nil:
			f.goAway()
			return
		case err != nil:
			f.log.Debug("page dropped", "session", f.session.ID, "err", err)
			return
		}
		more = f.wait(ctx, changed, gone, ping.C)
	}
}

// catchUp sends what the page doesn't have yet. The channel is closed when there is
// more.
func (f *follower) catchUp(ctx context.Context) (changed <-chan struct{}, err error) {
	for {
		last := f.session.Position().Seq
		entries, changed := f.session.Entries(f.after)
		switch {
		case len(entries) > 0:
			err = f.send(ctx, entries)
		case last > f.after: // the journal was emptied
			err = f.sendGap(ctx, last)
		default:
			return changed, f.sendRevision(ctx)
		}
		if err != nil {
			return nil, err
		}
	}
}

// wait returns when there may be more to send. If the socket has ended, more is false and
// the page knows why.
func (f *follower) wait(ctx context.Context, changed, gone <-chan struct{}, ping <-chan time.Time) (more bool) {
	select {
	case <-changed:
	case <-f.shown.replaced:
	case <-ping:
		return f.conn.WriteControl(websocket.PingMessage, nil, time.Now().Add(f.limits.Write)) == nil
	case <-gone:
		return false
	case <-f.socket.displaced:
		f.refuseSocket(f.conn, errDisplaced)
		return false
	case <-f.session.Ended():
		f.refuseSocket(f.conn, errDropped)
		return false
	case <-ctx.Done():
		f.goAway()
		return false
	}
	return true
}

func (f *follower) goAway() { f.close(f.conn, websocket.CloseGoingAway, "the lab is stopping") }

// send writes a message for each entry, and one before them if the ring has lost entries
// that the page hasn't seen.
func (f *follower) send(ctx context.Context, entries []session.Entry) error {
	if first := entries[0].Seq; first > f.after+1 {
		if err := f.sendGap(ctx, first-1); err != nil {
			return err
		}
	}
	found, _ := f.session.Attempt()
	lanes := view.LanesOf(found, f.origins)
	last := lastSettled(entries)
	for i, e := range entries {
		if err := ctx.Err(); err != nil {
			return err
		}
		kind, fragment := view.Fragment(lanes, e)
		if i == last {
			fragment = templ.Join(fragment, view.Caches(f.session.Caches()))
		}
		if err := f.write(ctx, message{Seq: e.Seq, Kind: kind, Run: e.Run}, fragment); err != nil {
			return err
		}
		f.after = e.Seq
	}
	return nil
}

// sendGap tells the page that the entries up to this one are lost.
func (f *follower) sendGap(ctx context.Context, last uint64) error {
	if err := f.write(ctx, message{Seq: last, Kind: "gap"}, view.Gap(last+1)); err != nil {
		return err
	}
	f.after = last
	return nil
}

// lastSettled is the index of the last entry that ends a run, or -1 for none. The state
// of the caches is sent with it.
func lastSettled(entries []session.Entry) int {
	for i, e := range slices.Backward(entries) {
		if e.Settled != nil && e.Settled.Last {
			return i
		}
	}
	return -1
}

func (f *follower) write(ctx context.Context, m message, fragment templ.Component) error {
	encoded, err := f.encode(ctx, m, fragment)
	if err != nil {
		return err
	}
	if err := f.conn.SetWriteDeadline(time.Now().Add(f.limits.Write)); err != nil {
		return err
	}
	return f.conn.WriteMessage(websocket.TextMessage, encoded)
}
