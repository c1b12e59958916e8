package drivertest_test

import (
	"context"
	"errors"
	"fmt"
	"runtime"
	"testing"

	"corslab/web/browsers/driver"
	"corslab/web/browsers/drivertest"
)

func TestStart(t *testing.T) {
	missing := fmt.Errorf("start: %w", &driver.MissingError{Browser: "Chromium"})
	for name, test := range map[string]struct {
		required string
		err      error
		want     fate
	}{
		"a browser":                    {"", nil, "closed"},
		"a missing one":                {"", missing, "skipped"},
		"a missing one, but required":  {"required", missing, "failed"},
		"one that fails":               {"", errors.New("no display"), "failed"},
		"one that fails, and required": {"required", errors.New("no display"), "failed"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Setenv("CORSLAB_BROWSERS", test.required)
			var got fate
			t.Run("within", func(t *testing.T) {
				done := make(chan struct{})
				go func() {
					defer close(done)
					drivertest.Start(recorder{t, &got}, func(context.Context) (*fate, error) { return &got, test.err })
				}()
				<-done
			})
			if got != test.want {
				t.Errorf("the test is %q, want %q", got, test.want)
			}
		})
	}
}

// fate is how a test ended, or what happened to its browser.
type fate string

func (f *fate) Close() error {
	*f = "closed"
	return nil
}

// recorder records how a test ends instead of ending it.
type recorder struct {
	testing.TB
	fate *fate
}

func (r recorder) Skip(...any)  { r.end("skipped") }
func (r recorder) Fatal(...any) { r.end("failed") }

func (r recorder) end(how fate) {
	*r.fate = how
	runtime.Goexit()
}
