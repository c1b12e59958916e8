package conformance

import (
	"context"
	"errors"
	"strings"
	"testing"
	"testing/synctest"

	"corslab/lab/cors"
)

// TestPlaylist_silentBrowser checks that a play ends where the browser never
// tells about an exchange.
func TestPlaylist_silentBrowser(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		silent := func(ctx context.Context, _ string) error {
			<-ctx.Done()
			return ctx.Err()
		}
		list := playlistOf(t, silent)
		go func() {
			for _, told := range []string{`null`, `{"outcome":"readable"}`, `{"outcome":"blocked"}`} {
				list.direct(&request{target: "/-/next", body: []byte(told)})
			}
		}()
		err := list.wait(t.Context())
		if !errors.Is(err, context.DeadlineExceeded) || !strings.Contains(err.Error(), `"fence0"`) {
			t.Errorf("wait() = %v, want that the deadline for fence0 is exceeded", err)
		}
	})
}

// TestPlaylist_silentPage checks that a play ends where the page never tells
// what an exchange came to.
func TestPlaylist_silentPage(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		list := playlistOf(t, func(context.Context, string) error { return nil })
		if _, err := list.turn([]byte("null")); err != nil {
			t.Fatal(err)
		}
		const want = `nothing moved for 2m0s at exchange "a"`
		if err := list.wait(t.Context()); err == nil || err.Error() != want {
			t.Errorf("wait() = %v, want %s", err, want)
		}
	})
}

// playlistOf returns a playlist of one exchange.
func playlistOf(t *testing.T, await func(context.Context, string) error) *playlist {
	t.Helper()
	exchange := cors.Exchange{ID: "a", Origin: "http://localhost:8080", Hops: []cors.Hop{{URL: "http://localhost:8000/a"}}}
	list, err := newPlaylist(t.Context(), newPorts(8080, 8000), []cors.Exchange{exchange}, await)
	if err != nil {
		t.Fatal(err)
	}
	return list
}
