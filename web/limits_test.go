package web_test

import (
	"log/slog"
	"strings"
	"testing"

	"corslab/lab/library"
	"corslab/web"
)

// TestListen_limits checks that a limit that isn't set is refused by name, and that
// nothing fills it in silently.
func TestListen_limits(t *testing.T) {
	for want, change := range map[string]func(*web.Limits){
		"limits: Sessions.Sessions: found 0; want at least 1":     func(l *web.Limits) { *l = web.Limits{} },
		"limits: Page.Sockets: found 0; want at least 1":          func(l *web.Limits) { *l = web.Limits{Sessions: l.Sessions} },
		"limits: Page.Ping: found 0; want at least 1":             func(l *web.Limits) { l.Page.Ping = 0 },
		"limits: Connections: found 0; want at least 1":           func(l *web.Limits) { l.Connections = 0 },
		"limits: Relayed: found 0; want at least 1":               func(l *web.Limits) { l.Relayed = 0 },
		"limits: RelayedPerClient: found -1; want at least 1":     func(l *web.Limits) { l.RelayedPerClient = -1 },
		"limits: Sessions.NewPerMinute: found 0; want at least 1": func(l *web.Limits) { l.Sessions.NewPerMinute = 0 },
	} {
		limits := web.DefaultLimits()
		change(&limits)
		config := web.Config{PageAddr: "localhost:0", APIAddr: "localhost:0", Limits: limits}
		if _, err := web.Listen(config, library.NewCurrent(nil), slog.New(slog.DiscardHandler)); err == nil || err.Error() != want {
			t.Errorf("Listen() = %v, want %s", err, want)
		}
	}
}

// TestLimits_within checks limits that the system reduces. If they leave no room for any
// request, the lab must not start.
func TestLimits_within(t *testing.T) {
	for descriptors, want := range map[int]struct{ connections, relayed, relayedPerClient int }{
		0:       {8_000, 256, 64},
		17:      {1, 1, 1},
		64:      {48, 6, 3},
		1_024:   {854, 106, 53},
		100_000: {8_000, 256, 64},
	} {
		got, err := web.Within(web.DefaultLimits(), descriptors)
		if err != nil || got.Connections != want.connections || got.Relayed != want.relayed || got.RelayedPerClient != want.relayedPerClient {
			t.Errorf("with %d descriptors: %d connections, %d relayed, %d of them for a client, %v; want %+v",
				descriptors, got.Connections, got.Relayed, got.RelayedPerClient, err, want)
		}
	}
	for _, descriptors := range []int{1, 16} {
		if _, err := web.Within(web.DefaultLimits(), descriptors); err == nil || !strings.Contains(err.Error(), "want more than 16") {
			t.Errorf("with %d descriptors: %v, want an error that says how many are needed", descriptors, err)
		}
	}
}
