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

// follower streams the journal of a session to one page. It keeps no queue: what the
// page has not read yet waits in the session's ring, so a slow page costs nothing and
// gets on return whatever is still kept.
type follower struct {
	*server
	conn    *websocket.Conn
	place   *socket
	session *session.Session
	after   uint64 // the last entry that the page has
	shown   shownRevision
}

// follow streams until one side ends it. It is not part of the handler, because
// net/http keeps a connection's request and buffers for as long as its handler runs:
// twice the memory of an idle page.
func (f *follower) follow() {
	defer f.sockets.leave(f.place)
	defer f.conn.Close()
	defer f.session.Watch()()
	defer recovery.Recover(f.log, "socket", f.session.ID)

	f.stream(f.sockets.ctx, f.listen())
}

// listen reads what the page sends, which is nothing but answers to pings. The
// channel is closed when the page is gone or breaks the rules.
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

// stream is the socket's one writer.
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
			err = f.tellGap(ctx, last)
		default:
			return changed, f.tellRevision(ctx)
		}
		if err != nil {
			return nil, err
		}
	}
}

// wait returns when there may be more to send. more is false if the socket has come to
// its end; then it has told the page why.
func (f *follower) wait(ctx context.Context, changed, gone <-chan struct{}, ping <-chan time.Time) (more bool) {
	select {
	case <-changed:
	case <-f.shown.replaced:
	case <-ping:
		return f.conn.WriteControl(websocket.PingMessage, nil, time.Now().Add(f.limits.Write)) == nil
	case <-gone:
		return false
	case <-f.place.displaced:
		f.turnAway(f.conn, errDisplaced)
		return false
	case <-f.session.Ended():
		f.turnAway(f.conn, errDropped)
		return false
	case <-ctx.Done():
		f.goAway()
		return false
	}
	return true
}

func (f *follower) goAway() { f.close(f.conn, websocket.CloseGoingAway, "the lab is stopping") }

// send writes one message an entry, and one before them where the ring has
// lost entries that the page did not see.
func (f *follower) send(ctx context.Context, entries []session.Entry) error {
	if first := entries[0].Seq; first > f.after+1 {
		if err := f.tellGap(ctx, first-1); err != nil {
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

// tellGap tells the page that the entries up to this one are lost.
func (f *follower) tellGap(ctx context.Context, last uint64) error {
	if err := f.write(ctx, message{Seq: last, Kind: "gap"}, view.Gap(last+1)); err != nil {
		return err
	}
	f.after = last
	return nil
}

// lastSettled is the index of the last entry that ends a run, with which goes
// what is remembered now; -1 for none.
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
