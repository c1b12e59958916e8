// Package recovery keeps the lab running when its code has a bug: a panic ends one
// request or one socket, and is logged with its origin.
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

// maxStackDepth bounds how much of a stack is logged, in calls.
const maxStackDepth = 50

// Handler responds with status 500 if next panics. If the response had already begun, it
// breaks the connection, so that nobody mistakes the response for a complete one. A
// panic with [http.ErrAbortHandler] asks for just that, so it isn't logged as a bug.
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
			clear(w.Header()) // they belong to the response that failed
			respondFailed(w)
		}()
		next.ServeHTTP(watched, r)
	})
}

// respondFailed sends a response that the API may send too, because both listeners use it.
func respondFailed(w http.ResponseWriter) {
	response := wire.Refusal(http.StatusInternalServerError, "the lab failed and its log says why")
	response.Headers.AddTo(w.Header())
	w.WriteHeader(response.Status)
	_, _ = response.Body.WriteTo(w) // the client may be gone
}

// Recover is for defer, outside of handlers: it recovers from a panic and logs it with
// the given attributes.
func Recover(log *slog.Logger, attributes ...any) {
	if reason := recover(); reason != nil {
		logPanic(log, reason, attributes...)
	}
}

func logPanic(log *slog.Logger, reason any, attributes ...any) {
	log.Error("panic", append(attributes, "reason", fmt.Sprint(reason), "stack", stack())...)
}

// stack lists the calls that led to a panic, innermost first, on one line. The log would
// escape each line break in the output of runtime/debug.
func stack() string {
	counters := make([]uintptr, maxStackDepth)
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
