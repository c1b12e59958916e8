package web_test

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"testing"
	"time"

	"corslab/lab/origin"

	"github.com/gorilla/websocket"
)

// The load of BenchmarkClass: a large course in which everyone sends a request every
// half second without pausing.
const (
	classSessions = 1_000
	classRate     = 2_000 // requests a second, from all sessions together
	classTime     = 10 * time.Second
	classClients  = 40 // connections; it divides classSessions, so each session always uses the same one
)

// BenchmarkClass measures how long an entry takes to reach its learner's page while a
// whole class is working: from sending the request until the entry arrives at the
// socket. The target is a p99 under 50 ms. It fails unless every page gets each entry
// once and in order.
//
// All pages and senders run in the server's process and use about half of its
// processor time, so the server alone would be faster.
func BenchmarkClass(b *testing.B) {
	needSockets(b, 2*classSessions+4*classClients) // both ends are in this process
	var delays []time.Duration
	var sending time.Duration
	for b.Loop() {
		learners, took := playClass(b, benchLab(b))
		sending += took
		for _, l := range learners {
			delays = append(delays, l.delays()...)
		}
	}
	b.ReportMetric(0, "ns/op") // hidden: classTime sets how long it takes
	b.ReportMetric(float64(len(delays))/sending.Seconds(), "req/s")
	b.ReportMetric(milliseconds(quantile(delays, 0.50)), "p50-ms")
	b.ReportMetric(milliseconds(quantile(delays, 0.99)), "p99-ms")
}

// playClass opens the sessions, sends the load, and waits until every page has
// all its entries.
func playClass(b *testing.B, origins origin.Set) (learners []*learner, sending time.Duration) {
	learners = make([]*learner, classSessions)
	inParallel(b, classSessions, classClients, func(i int) (err error) {
		learners[i], err = newLearner(b.Context(), origins, sessionID(i))
		return err
	})
	heard := make(chan error, classSessions)
	for _, l := range learners {
		defer l.socket.Close()
		go func() { heard <- l.listen() }()
	}
	sending = sendLoad(b, origins, learners)
	inParallel(b, classSessions, classClients, func(i int) error {
		_, err := send(b.Context(), "POST", origins.Page.String()+"/sessions/"+learners[i].id+"/runs", origins.Page.String(), "")
		return err
	})
	for range learners {
		if err := <-heard; err != nil {
			b.Fatal(err)
		}
	}
	for _, l := range learners {
		if len(l.arrived) != len(l.sent) {
			b.Fatalf("%s: %d entries, want %d", l.id, len(l.arrived), len(l.sent))
		}
	}
	return learners, sending
}

// sendLoad sends classRate requests a second for classTime, one session after the
// other. A client sends each request on schedule, or at once if the previous response
// was late.
func sendLoad(b *testing.B, origins origin.Set, learners []*learner) (took time.Duration) {
	clients := make([]*client, classClients)
	for i := range clients {
		clients[i] = dial(b, origins.API.String(), 200)
	}
	began := time.Now()
	inParallel(b, classClients, classClients, func(c int) error {
		for n := c; n < classRate*int(classTime/time.Second); n += classClients {
			time.Sleep(time.Until(began.Add(time.Duration(n) * time.Second / classRate)))
			l := learners[n%len(learners)]
			l.sent = append(l.sent, time.Now())
			if err := clients[c].do(l.request); err != nil {
				return fmt.Errorf("request %d: %w", n, err)
			}
		}
		return nil
	})
	return time.Since(began)
}

// learner is a session and its page's socket. The n-th entry belongs to the n-th
// request, because one client sends all requests and waits for each response.
type learner struct {
	id      string
	socket  *websocket.Conn
	request []byte
	sent    []time.Time // by request
	arrived []time.Time // by entry
}

func newLearner(ctx context.Context, origins origin.Set, id string) (*learner, error) {
	if err := openSession(ctx, origins.Page.String(), id); err != nil {
		return nil, err
	}
	socket, err := openSocket(ctx, origins.Page.String(), id)
	if err != nil {
		return nil, err
	}
	return &learner{
		id:     id,
		socket: socket,
		request: rawRequest("GET", origins.API.String(), "/"+id+"/0/messages", origins.Page.String(),
			// A browser adds these headers, and they make the entry longer.
			"Connection: keep-alive",
			`sec-ch-ua: "Chromium";v="156", "Not.A/Brand";v="99"`,
			"sec-ch-ua-mobile: ?0",
			`sec-ch-ua-platform: "Linux"`,
			"User-Agent: Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/156.0.0.0 Safari/537.36",
			"Accept: */*",
			"Sec-Fetch-Site: same-site",
			"Sec-Fetch-Mode: cors",
			"Sec-Fetch-Dest: empty",
			"Referer: "+origins.Page.String()+"/",
			"Accept-Encoding: gzip, deflate, br, zstd",
			"Accept-Language: en-US,en;q=0.9"),
	}, nil
}

// listen records when each entry arrives, until the entry about a started run. The run
// starts after the last response, so its entry comes last. The sequence numbers reveal
// a lost, duplicated or misplaced entry.
func (l *learner) listen() error {
	if err := l.socket.SetReadDeadline(time.Now().Add(classTime + patience)); err != nil {
		return err
	}
	var buffer bytes.Buffer // reused, so the pages produce little garbage
	for want := uint64(1); ; want++ {
		got, err := l.next(&buffer)
		if err != nil {
			return fmt.Errorf("%s: entry %d: %w", l.id, want, err)
		}
		if got.Seq != want {
			return fmt.Errorf("%s: entry %d (%s), want %d", l.id, got.Seq, got.Kind, want)
		}
		if got.Kind == "started" {
			return nil
		}
		l.arrived = append(l.arrived, got.at)
	}
}

// arrival is the part of a journal message that this benchmark needs.
type arrival struct {
	Seq  uint64
	Kind string
	at   time.Time
}

// next waits for the next message.
func (l *learner) next(buffer *bytes.Buffer) (got arrival, err error) {
	_, message, err := l.socket.NextReader()
	if err != nil {
		return got, err
	}
	buffer.Reset()
	if _, err := buffer.ReadFrom(message); err != nil {
		return got, err
	}
	got.at = time.Now()
	return got, json.Unmarshal(buffer.Bytes(), &got)
}

// delays returns the time from each request until its entry arrived.
func (l *learner) delays() []time.Duration {
	delays := make([]time.Duration, len(l.sent))
	for i := range delays {
		delays[i] = l.arrived[i].Sub(l.sent[i])
	}
	return delays
}
