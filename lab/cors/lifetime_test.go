package cors_test

import (
	"testing"
	"time"

	"corslab/lab/cors"

	"github.com/google/go-cmp/cmp"
)

// TestPreflightCache_Remembered: each response is listed once, with everything that it
// covers, until it expires.
func TestPreflightCache_Remembered(t *testing.T) {
	put := func(r cors.Remembered) cors.Remembered {
		r.Origin, r.URL, r.Methods, r.Names = putPreflight.Origin, putPreflight.URL, []string{"PUT"}, []string{"x-token"}
		r.Expires = start.Add(r.Age)
		return r
	}
	for name, test := range map[string]struct {
		engine  cors.Engine
		headers [][2]string
		after   time.Duration
		want    []cors.Remembered
	}{
		"no age":                {cors.Chromium, nil, 0, []cors.Remembered{put(cors.Remembered{Age: 5 * time.Second})}},
		"an age":                {cors.Firefox, maxAge("60"), 59 * time.Second, []cors.Remembered{put(cors.Remembered{Age: time.Minute, Named: true})}},
		"an expired age":        {cors.Firefox, maxAge("60"), time.Minute, nil},
		"no age at all":         {cors.WebKit, maxAge("0"), 0, nil},
		"not a number":          {cors.Standard, maxAge("soon"), 0, []cors.Remembered{put(cors.Remembered{Age: 5 * time.Second})}},
		"more than WebKit's":    {cors.WebKit, maxAge("601"), 0, []cors.Remembered{put(cors.Remembered{Age: 10 * time.Minute, Named: true, Capped: true})}},
		"as much as Chromium's": {cors.Chromium, maxAge("7200"), 0, []cors.Remembered{put(cors.Remembered{Age: 2 * time.Hour, Named: true})}},
	} {
		t.Run(name, func(t *testing.T) {
			cache := cors.PreflightCache{Engine: test.engine}
			cache.Store(putPreflight, allowing(test.headers...), start)
			if diff := cmp.Diff(test.want, cache.Remembered(start.Add(test.after))); diff != "" {
				t.Errorf("Remembered() (-want +got):\n%s", diff)
			}
		})
	}
}

func maxAge(value string) [][2]string { return [][2]string{{"Access-Control-Max-Age", value}} }

// TestPreflightCache_Remembered_apart: responses that cover different requests are
// listed separately.
func TestPreflightCache_Remembered_apart(t *testing.T) {
	credentialed := putPreflight
	credentialed.Credentials = true
	cache := cors.PreflightCache{Engine: cors.Firefox}
	cache.Store(putPreflight, allowing(), start)
	cache.Store(credentialed, allowing(), start)
	got := cache.Remembered(start)
	if len(got) != 2 || got[0].Credentials || !got[1].Credentials {
		t.Errorf("Remembered() = %+v, want one without credentials, then one with them", got)
	}
}
