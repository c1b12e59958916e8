// Package labtest starts servers for tests: a lab, and another program on the same
// machine, which attackers may target.
package labtest

import (
	"context"
	"log/slog"
	"sync"
	"testing"

	"corslab/lab/library"
	"corslab/scenarios"
	"corslab/web"
)

// Shipped returns the library of the shipped scenarios.
func Shipped(t testing.TB) *library.Library {
	t.Helper()
	lib, err := library.Load(library.Source{Name: "scenarios", FS: scenarios.Files})
	if err != nil {
		t.Fatal(err)
	}
	return lib
}

// Start opens a lab that logs nothing, and serves it until stop is called or the test
// ends.
func Start(t testing.TB, config web.Config, current *library.Current) (lab *web.Lab, stop func()) {
	t.Helper()
	lab, err := web.Listen(config, current, slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	return lab, Serve(t, lab)
}

// Serve serves a lab until stop is called or the test ends.
func Serve(t testing.TB, lab *web.Lab) (stop func()) {
	t.Helper()
	ctx, cancel := context.WithCancel(context.Background())
	served := make(chan error, 1)
	go func() { served <- lab.Serve(ctx) }()
	stop = sync.OnceFunc(func() {
		cancel()
		if err := <-served; err != nil {
			t.Errorf("Serve() = %v", err)
		}
	})
	t.Cleanup(stop)
	return stop
}
