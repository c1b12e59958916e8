// Package recovery keeps the lab running where its code has a defect: a panic
// ends one request or one socket, and the log says where it came from.
package recovery

import (
	"fmt"
	"log/slog"
	"net/http"
	"path"
	"runtime"
	"strings"

	"corslab/lab/wire"

	"github.com/go-chi/chi/v5/middleware"
)

// deepest bounds how much of a stack is logged, in calls.
const deepest = 50

// Handler answers with status 500 where next panics, and breaks an answer off
// that was begun, so that nobody takes it for whole. What panics with
// [http.ErrAbortHandler] wants just that, and is no defect.
func Handler(next http.Handler, log *slog.Logger) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		watched := middleware.NewWrapResponseWriter(w, r.ProtoMajor)
		defer func() {
			reason := recover()
			if reason == nil {
				return
			}
			if reason == http.ErrAbortHandler {
				panic(reason)
			}
			logPanic(log, reason, "method", r.Method, "host", r.Host, "path", r.URL.Path)
			if watched.Status() != 0 {
				panic(http.ErrAbortHandler)
			}
			clear(w.Header()) // they are of the answer that was not finished
			sorry(w)
		}()
		next.ServeHTTP(watched, r)
	})
}

// sorry sends a response that the API may send too, because both listeners use it.
func sorry(w http.ResponseWriter) {
	response := wire.Refusal(http.StatusInternalServerError, "the lab failed and its log says why")
	response.Headers.AddTo(w.Header())
	w.WriteHeader(response.Status)
	_, _ = response.Body.WriteTo(w) // the client may be gone
}

// Recover ends, where it is deferred, a panic of what is no handler. The log
// names it by the given attributes.
func Recover(log *slog.Logger, attributes ...any) {
	if reason := recover(); reason != nil {
		logPanic(log, reason, attributes...)
	}
}

func logPanic(log *slog.Logger, reason any, attributes ...any) {
	log.Error("panic", append(attributes, "reason", fmt.Sprint(reason), "stack", stack())...)
}

// stack lists the calls that led to a panic, the innermost first, on one line:
// a log writes that of runtime/debug with an escape for each end of a line.
func stack() string {
	counters := make([]uintptr, deepest)
	frames := runtime.CallersFrames(counters[:runtime.Callers(1, counters)])
	var calls []string
	panicked := false
	for more := true; more; {
		var f runtime.Frame
		f, more = frames.Next()
		ofRuntime := strings.HasPrefix(f.Function, "runtime.")
		if panicked && !ofRuntime {
			calls = append(calls, fmt.Sprintf("%s (%s:%d)", f.Function, path.Base(f.File), f.Line))
		}
		panicked = panicked || f.Function == "runtime.gopanic"
	}
	return strings.Join(calls, " < ")
}
