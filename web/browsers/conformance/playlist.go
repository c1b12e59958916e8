package conformance

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"sync"
	"time"

	"corslab/lab/cors"
)

// patience bounds how long an exchange may take, and then how long the browser may take
// to report it.
const patience = time.Minute

// playlist gives the page one exchange after another, grouped by the page's origin, and
// responds to what the browser then sends.
type playlist struct {
	ctx    context.Context // of one call of Play
	ports  ports
	await  func(ctx context.Context, id string) error
	order  []string // ids in the order of the exchanges
	scenes []*scene // in the order of play; a fence ends each group
	ids    index
	hops   map[string]visit

	progress chan struct{}
	ended    chan error

	mu   sync.Mutex
	next int
}

// visit is the hop that a request belongs to, with its scene.
type visit struct {
	scene *scene
	hop   int
}

// directive tells the page what to do.
type directive struct {
	Play *cors.Exchange `json:"play,omitempty"`
	Go   string         `json:"go,omitempty"` // to another page; an empty directive ends the play
}

func newPlaylist(ctx context.Context, p ports, exchanges []cors.Exchange, await func(context.Context, string) error) (*playlist, error) {
	l := &playlist{
		ctx: ctx, ports: p, await: await,
		ids: make(index), hops: make(map[string]visit),
		progress: make(chan struct{}, 1), ended: make(chan error, 1),
	}
	for _, exchange := range exchanges {
		l.order = append(l.order, exchange.ID)
	}
	byOrigin := func(a, b cors.Exchange) int { return strings.Compare(a.Origin, b.Origin) }
	sorted := slices.SortedStableFunc(slices.Values(exchanges), byOrigin)
	for i, exchange := range sorted {
		if err := l.add(exchange); err != nil {
			return nil, err
		}
		if i+1 < len(sorted) && sorted[i+1].Origin == exchange.Origin {
			continue
		}
		if err := l.add(fence(exchange.Origin, i)); err != nil {
			return nil, err
		}
	}
	return l, nil
}

func (l *playlist) add(written cors.Exchange) error {
	if pageURL(written.Origin) == "" || len(written.Hops) == 0 || !isWord(written.ID) {
		return fmt.Errorf("exchange %q cannot be played: it wants an id of letters and digits, a hop, and the origin http://localhost:8080, http://127.0.0.1:8080 or null", written.ID)
	}
	if l.ids[written.ID] != nil {
		return fmt.Errorf("exchange %q stands twice", written.ID)
	}
	exchange, err := translated(l.ports.out, written)
	if err != nil {
		return err
	}
	s := &scene{exchange: exchange}
	l.scenes = append(l.scenes, s)
	l.ids[exchange.ID] = s
	for i, hop := range exchange.Hops {
		at := target(hop.URL)
		known, taken := l.hops[at]
		if taken && known.scene != s {
			return fmt.Errorf("exchange %q: the URL %s stands in %q too", written.ID, written.Hops[i].URL, known.scene.exchange.ID)
		}
		if at != "" && !taken {
			l.hops[at] = visit{s, i}
		}
	}
	return nil
}

// first returns the page to begin with, with the origin that exchanges use.
func (l *playlist) first() string { return pageURL(l.ports.back.Replace(l.scenes[0].exchange.Origin)) }

// respond implements responder.
func (l *playlist) respond(r *request, page bool) *reply {
	if page && strings.HasPrefix(r.target, "/-/") {
		return l.direct(r)
	}
	at, known := l.hops[r.header["host"]+r.target]
	if !known {
		return l.respondUnknown(r)
	}
	return at.scene.play(at.scene.exchange.Hops[at.hop], r)
}

// respondUnknown responds to a request for a URL that no hop has, and adds it to the
// wire of its exchange.
func (l *playlist) respondUnknown(r *request) *reply {
	missing := &cors.Response{Status: http.StatusNotFound}
	s, known := l.ids[l.ids.owner(r.target)]
	if !known {
		return &reply{Response: *missing}
	}
	return s.play(cors.Hop{URL: "http://" + r.header["host"] + r.target, Preflight: missing, Response: missing}, r)
}

// advance records the result of the exchange that was played, or null from a page that
// has just opened, and returns the directive that follows.
func (l *playlist) advance(body []byte) (directive, error) {
	select {
	case l.progress <- struct{}{}:
	default:
	}
	var reported *result
	if err := json.Unmarshal(body, &reported); err != nil {
		return directive{}, fmt.Errorf("the page told %.200q: %w", body, err)
	}
	played, next := l.step(reported)
	if played == nil || !strings.HasPrefix(played.exchange.ID, fencePrefix) {
		return directive{Play: &next.exchange}, nil
	}
	if err := l.awaitReport(played.exchange.ID); err != nil {
		return directive{}, err
	}
	if next == nil {
		l.end(nil)
		return directive{}, nil
	}
	return directive{Go: l.ports.there(pageURL(l.ports.back.Replace(next.exchange.Origin)))}, nil
}

// step gives the result to the scene that was played. It returns that scene and the one
// after it, each nil if there is none.
func (l *playlist) step(reported *result) (played, next *scene) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if reported != nil {
		played = l.scenes[l.next]
		played.setResult(reported)
		l.next++
	}
	if l.next < len(l.scenes) {
		next = l.scenes[l.next]
	}
	return played, next
}

// awaitReport returns when the browser has reported everything about an exchange. It
// must not hold the lock, because the browser may never do so.
func (l *playlist) awaitReport(id string) error {
	ctx, cancel := context.WithTimeout(l.ctx, patience)
	defer cancel()
	if err := l.await(ctx, id); err != nil {
		return fmt.Errorf("await what the browser tells about exchange %q: %w", id, err)
	}
	return nil
}

func (l *playlist) end(err error) {
	select {
	case l.ended <- err:
	default: // has ended already
	}
}

// wait returns when everything is played, or when the play is stuck. The page reports
// progress before hear waits for the browser, and again after the next exchange, so the
// time between two reports can be twice the patience.
func (l *playlist) wait(ctx context.Context) error {
	const still = 2 * patience
	stalled := time.NewTimer(still)
	defer stalled.Stop()
	for {
		select {
		case err := <-l.ended:
			return err
		case <-ctx.Done():
			return ctx.Err()
		case <-l.progress:
			stalled.Reset(still)
		case <-stalled.C:
			return fmt.Errorf("nothing moved for %v at exchange %q", still, l.current())
		}
	}
}

// current returns the id of the exchange that is being played.
func (l *playlist) current() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.scenes[min(l.next, len(l.scenes)-1)].exchange.ID
}

// observations returns what was observed of each exchange, in the original order.
func (l *playlist) observations(remarks map[string]remark) ([]Observation, error) {
	list := make([]Observation, 0, len(l.order))
	for _, id := range l.order {
		observation, err := translated(l.ports.back, l.ids[id].observation(remarks[id]))
		if err != nil {
			return nil, err
		}
		list = append(list, observation)
	}
	return list, nil
}
