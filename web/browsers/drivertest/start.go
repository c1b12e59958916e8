// Package drivertest starts browsers for tests.
package drivertest

import (
	"context"
	"errors"
	"io"
	"os"
	"testing"

	"corslab/web/browsers/driver"
)

// Start starts a browser for one test and closes it when the test ends. If the browser
// isn't installed, the test is skipped, or fails if the environment says
// CORSLAB_BROWSERS=required. All other errors fail the test.
func Start[B io.Closer](t testing.TB, start func(context.Context) (B, error)) B {
	t.Helper()
	b, err := start(context.Background()) // the test's context ends before Close
	var missing *driver.MissingError
	if errors.As(err, &missing) && os.Getenv("CORSLAB_BROWSERS") != "required" {
		t.Skip(err)
	}
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := b.Close(); err != nil {
			t.Errorf("Close() = %v", err)
		}
	})
	return b
}
