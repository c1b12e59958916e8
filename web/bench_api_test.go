package web_test

import (
	"errors"
	"net"
	"net/http"
	"reflect"
	"testing"
	"time"

	"corslab/lab/origin"
)

// The load of BenchmarkAPI. A batch is long enough that its own garbage is
// collected within it, not during the other server's turn. It is short enough that
// noise on the machine affects both servers.
const (
	apiClients = 8
	apiBatch   = 250 // requests from each client in one turn
	apiPairs   = 40  // turns of each server in one operation
)

// BenchmarkAPI measures what the journal costs the API origin. It reports the
// origin's throughput divided by that of a bare handler that sends the same response.
// The two take turns, so the ratio doesn't depend on the machine or on what else runs
// there. The target is 0.7.
func BenchmarkAPI(b *testing.B) {
	origins := benchLab(b)
	if err := openSession(b.Context(), origins.Page.String(), sessionID(0)); err != nil {
		b.Fatal(err)
	}
	for _, method := range []string{"GET", "OPTIONS"} {
		b.Run(method, func(b *testing.B) { benchMethod(b, origins, method) })
	}
}

func benchMethod(b *testing.B, origins origin.Set, method string) {
	path := "/" + sessionID(0) + "/0/messages"
	want, err := send(b.Context(), method, origins.API.String()+path, origins.Page.String(), "")
	if err != nil {
		b.Fatal(err)
	}
	bare := bareServer(b, want)
	got, err := send(b.Context(), method, bare+path, origins.Page.String(), "")
	if err != nil || !reflect.DeepEqual(got, want) {
		b.Fatalf("the bare server sent %v (error %v), want what the API sent: %v", got, err, want)
	}
	compare(b,
		newRepeaters(b, rawRequest(method, origins.API.String(), path, origins.Page.String()), origins.API.String(), want.status),
		newRepeaters(b, rawRequest(method, bare, path, origins.Page.String()), bare, want.status))
}

// bareServer starts a server that sends the wanted response with nothing but net/http.
func bareServer(b *testing.B, want received) (origin string) {
	b.Helper()
	header, body := want.header.Clone(), []byte(want.body)
	header.Del("Content-Length") // net/http adds it, as it does for the API
	ln, err := net.Listen("tcp", "localhost:0")
	if err != nil {
		b.Fatal(err)
	}
	server := &http.Server{Handler: http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		for name, values := range header {
			w.Header()[name] = values
		}
		w.WriteHeader(want.status)
		if len(body) > 0 {
			_, _ = w.Write(body)
		}
	})}
	served := make(chan error, 1)
	go func() { served <- server.Serve(ln) }()
	b.Cleanup(func() {
		_ = server.Close() // the error from Serve is the one that matters
		if err := <-served; !errors.Is(err, http.ErrServerClosed) {
			b.Error(err)
		}
	})
	return "http://" + ln.Addr().String()
}

// compare reports the throughput of both servers and the ratio between them.
func compare(b *testing.B, ours, bare []repeater) {
	var oursTook, bareTook []time.Duration
	for b.Loop() {
		for range apiPairs {
			oursTook = append(oursTook, timeBatch(b, ours))
			bareTook = append(bareTook, timeBatch(b, bare))
		}
	}
	oursRate, bareRate := rate(oursTook), rate(bareTook)
	b.ReportMetric(0, "ns/op") // hidden: the combined time of both servers means nothing
	b.ReportMetric(oursRate, "ours-req/s")
	b.ReportMetric(bareRate, "bare-req/s")
	b.ReportMetric(oursRate/bareRate, "throughput-ratio")
}

// rate returns the throughput of the median batch, in requests a second.
func rate(took []time.Duration) float64 {
	return apiClients * apiBatch / quantile(took, 0.5).Seconds()
}

// timeBatch returns how long the repeaters take to send one batch, all at once.
func timeBatch(b *testing.B, repeaters []repeater) time.Duration {
	began := time.Now()
	inParallel(b, len(repeaters), len(repeaters), func(i int) error { return repeaters[i].batch() })
	return time.Since(began)
}

// repeater is a client that sends the same request again and again.
type repeater struct {
	*client
	request []byte
}

func newRepeaters(b *testing.B, request []byte, origin string, status int) []repeater {
	b.Helper()
	repeaters := make([]repeater, apiClients)
	for i := range repeaters {
		repeaters[i] = repeater{dial(b, origin, status), request}
	}
	return repeaters
}

func (r repeater) batch() error {
	for range apiBatch {
		if err := r.do(r.request); err != nil {
			return err
		}
	}
	return nil
}
