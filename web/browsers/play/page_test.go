package play_test

import (
	"context"
	"testing"
	"testing/synctest"
	"time"

	"corslab/web/browsers/play"
)

// slow is a browser that takes long to navigate, and then never responds.
type slow struct{ gone bool }

func (s *slow) Navigate(context.Context, string) error {
	time.Sleep(40 * time.Second)
	s.gone = true
	return nil
}

func (s *slow) Evaluate(ctx context.Context, _ string, _ any) error {
	if !s.gone {
		return nil
	}
	<-ctx.Done()
	return ctx.Err()
}

// TestPage_Open checks that all steps of Open share one timeout, and that the caller's
// own cancellation is reported as such.
func TestPage_Open(t *testing.T) {
	for want, ends := range map[string]time.Duration{
		"open /: nothing came within 1m0s":  time.Hour,
		"open /: context deadline exceeded": 50 * time.Second,
	} {
		synctest.Test(t, func(t *testing.T) {
			ctx, cancel := context.WithTimeout(t.Context(), ends)
			defer cancel()
			began := time.Now()
			err := (&play.Page{Driver: new(slow)}).Open(ctx, "/")
			if err == nil || err.Error() != want {
				t.Errorf("Open() = %v, want %s", err, want)
			}
			if took := time.Since(began); took != min(time.Minute, ends) {
				t.Errorf("it took %v, want %v", took, min(time.Minute, ends))
			}
		})
	}
}
