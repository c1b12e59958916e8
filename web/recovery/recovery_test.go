package recovery_test

import (
	"bytes"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"corslab/web/recovery"
)

// TestHandler has handlers panic on a real connection, and checks that the next request
// still works.
func TestHandler(t *testing.T) {
	var nothing *strings.Reader
	for name, test := range map[string]struct {
		handle func(w http.ResponseWriter)
		status int    // 0 if the connection ends before the response does
		logged string // "" for nothing
	}{
		"before anything is written": {
			func(w http.ResponseWriter) {
				w.Header().Set("Content-Encoding", "gzip")
				panic("lost its way")
			},
			http.StatusInternalServerError, `reason="lost its way"`,
		},
		"an error of the runtime": {
			func(http.ResponseWriter) { nothing.Len() },
			http.StatusInternalServerError, "nil pointer dereference",
		},
		"amid the answer": {
			func(w http.ResponseWriter) {
				fmt.Fprint(w, "half of")
				panic("lost its way")
			},
			0, `reason="lost its way"`,
		},
		"on purpose": {func(http.ResponseWriter) { panic(http.ErrAbortHandler) }, 0, ""},
		"not at all": {func(w http.ResponseWriter) { w.WriteHeader(http.StatusTeapot) }, http.StatusTeapot, ""},
	} {
		t.Run(name, func(t *testing.T) {
			var logged bytes.Buffer
			server := httptest.NewServer(recovery.Handler(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				if r.URL.Path == "/way" {
					test.handle(w)
				}
			}), slog.New(slog.NewTextHandler(&logged, nil))))
			defer server.Close()
			if got := status(server.URL + "/way"); got != test.status {
				t.Errorf("status = %d, want %d", got, test.status)
			}
			if got := status(server.URL); got != http.StatusOK {
				t.Errorf("status of the next request = %d, want 200", got)
			}
			server.Close()
			checkLog(t, logged.String(), test.logged)
		})
	}
}

// status returns the status of a complete response, or 0.
func status(url string) int {
	response, err := http.Get(url)
	if err != nil {
		return 0
	}
	defer response.Body.Close()
	if _, err := io.Copy(io.Discard, response.Body); err != nil {
		return 0
	}
	return response.StatusCode
}

// checkLog expects one error with the route and the calls, starting with the one that
// panicked, or no error.
func checkLog(t *testing.T, logged, reason string) {
	t.Helper()
	if reason == "" {
		if logged != "" {
			t.Errorf("logged: %s\nwant nothing", logged)
		}
		return
	}
	for _, want := range []string{"level=ERROR msg=panic", "method=GET", "path=/way", reason, `stack="`, "recovery_test.TestHandler.func", "recovery_test.go:"} {
		if !strings.Contains(logged, want) {
			t.Errorf("logged: %s\nwant it to have %s", logged, want)
		}
	}
	if strings.Count(logged, "\n") != 1 {
		t.Errorf("logged %d lines, want one", strings.Count(logged, "\n"))
	}
}

// TestRecover checks that a goroutine's panic doesn't end the process.
func TestRecover(t *testing.T) {
	var logged bytes.Buffer
	log := slog.New(slog.NewTextHandler(&logged, nil))
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		defer recovery.Recover(log, "session", "abc")
		panic("lost its way")
	}()
	<-ended
	for _, want := range []string{"level=ERROR msg=panic", "session=abc", `reason="lost its way"`, "recovery_test.TestRecover.func"} {
		if !strings.Contains(logged.String(), want) {
			t.Errorf("logged: %s\nwant it to have %s", logged.String(), want)
		}
	}
}
