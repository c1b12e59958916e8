package page_test

import (
	"bytes"
	"io"
	"log/slog"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"corslab/lab/library"
	"corslab/lab/origin"
	"corslab/lab/session"
	"corslab/scenarios"
	"corslab/web/page"
)

// TestHangUp checks that the log has nothing at the usual level about clients that go
// away before they get their response, because that isn't an error of the lab.
func TestHangUp(t *testing.T) {
	for name, request := range map[string]string{
		"the first page":         "GET / HTTP/1.1\r\nHost: localhost:8080\r\n\r\n",
		"a scenario":             "GET /scenarios/no-cors HTTP/1.1\r\nHost: localhost:8080\r\n\r\n",
		"a page compressed":      "GET / HTTP/1.1\r\nHost: localhost:8080\r\nAccept-Encoding: gzip\r\n\r\n",
		"the look-up":            "GET /errors?text=CORS HTTP/1.1\r\nHost: localhost:8080\r\n\r\n",
		"a page that is missing": "GET /none HTTP/1.1\r\nHost: localhost:8080\r\n\r\n",
		"the runner":             "GET /runner HTTP/1.1\r\nHost: localhost:8080\r\n\r\n",
		"a file":                 "GET /static/js/lab.js HTTP/1.1\r\nHost: localhost:8080\r\n\r\n",
		"a session":              control("PUT", "/sessions/"+sid, `{"scenario":"no-cors"}`),
		"a session with faults":  control("PUT", "/sessions/"+sid, `{"scenario":"no-cors","attempt":{"policy":{"response":{"status":999}}}}`),
		"a reset":                control("POST", "/sessions/"+sid+"/reset", ""),
		"a run":                  control("POST", "/sessions/"+sid+"/runs", ""),
		"an outcome":             control("POST", "/sessions/"+sid+"/runs/1/outcome", `{"type":"error"}`),
		"a scenario file":        "GET /sessions/" + sid + "/file HTTP/1.1\r\nHost: localhost:8080\r\n\r\n",
		"half a body":            strings.TrimSuffix(control("PUT", "/sessions/"+sid, `{"scenario":"no-cors"}`), `no-cors"}`),
		"a socket": "GET /sessions/" + sid + "/journal?after=0 HTTP/1.1\r\nHost: localhost:8080\r\nOrigin: http://localhost:8080\r\n" +
			"Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n",
	} {
		t.Run(name, func(t *testing.T) {
			lab := newSlowLab(t)
			conn, err := net.Dial("tcp", lab.Listener.Addr().String())
			if err != nil {
				t.Fatal(err)
			}
			if _, err := io.WriteString(conn, request); err != nil {
				t.Fatal(err)
			}
			<-lab.asked
			if err := conn.Close(); err != nil {
				t.Fatal(err)
			}
			select {
			case <-lab.answered:
			case <-time.After(patience):
				t.Fatal("the lab does not end the request")
			}
			lab.Close()
			if lab.logged.Len() > 0 {
				t.Errorf("the log says %s, want nothing", &lab.logged)
			}
		})
	}
}

// control returns a control request as it is sent over the wire.
func control(method, path, body string) string {
	var request bytes.Buffer
	sent, _ := http.NewRequest(method, "http://localhost:8080"+path, strings.NewReader(body)) // the method is valid
	sent.Header.Set("Origin", "http://localhost:8080")
	_ = sent.Write(&request) // a buffer never fails
	return request.String()
}

// slowLab is a lab that responds only after its client has gone.
type slowLab struct {
	*httptest.Server
	asked, answered chan struct{}
	logged          bytes.Buffer // read it after Close
}

func newSlowLab(t *testing.T) *slowLab {
	t.Helper()
	lib, err := library.Load(library.Source{Name: "scenarios", FS: scenarios.Files})
	if err != nil {
		t.Fatal(err)
	}
	origins, err := origin.New("localhost:8080", "localhost:8000")
	if err != nil {
		t.Fatal(err)
	}
	sessions := session.NewStore(origins, time.Now, session.DefaultBounds())
	s := lib.Find("no-cors")
	current, err := sessions.Open("", sid, s, s.Start(origins), session.Position{})
	if err != nil {
		t.Fatal(err)
	}
	current.Start()
	lab := &slowLab{asked: make(chan struct{}), answered: make(chan struct{})}
	log := slog.New(slog.NewTextHandler(&lab.logged, nil))
	pages := page.New(sessions, library.NewCurrent(lib), http.NotFoundHandler(), nil, page.DefaultLimits(), log)
	asked, answered := sync.OnceFunc(func() { close(lab.asked) }), sync.OnceFunc(func() { close(lab.answered) })
	lab.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		defer answered()
		asked()
		body, broken := io.ReadAll(r.Body) // from here on, net/http notices when the client hangs up
		if broken == nil {
			<-r.Context().Done()
			r.Body = io.NopCloser(bytes.NewReader(body))
		}
		pages.ServeHTTP(w, r)
	}))
	t.Cleanup(lab.Close)
	return lab
}
