package conformance

import (
	"context"
	"errors"
	"strings"
	"testing"
	"testing/synctest"

	"corslab/lab/cors"
)

// TestPlaylist_silentBrowser checks that a play ends if the browser never reports an
// exchange.
func TestPlaylist_silentBrowser(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		silent := func(ctx context.Context, _ string) error {
			<-ctx.Done()
			return ctx.Err()
		}
		list := playlistOf(t, silent)
		go func() {
			for _, result := range []string{`null`, `{"outcome":"readable"}`, `{"outcome":"blocked"}`} {
				list.direct(&request{target: "/-/next", body: []byte(result)})
			}
		}()
		err := list.wait(t.Context())
		if !errors.Is(err, context.DeadlineExceeded) || !strings.Contains(err.Error(), `"fence0"`) {
			t.Errorf("wait() = %v, want the deadline for fence0 exceeded", err)
		}
	})
}

// TestPlaylist_silentPage checks that a play ends if the page never reports a result.
func TestPlaylist_silentPage(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		list := playlistOf(t, func(context.Context, string) error { return nil })
		if _, err := list.advance([]byte("null")); err != nil {
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
