package wire_test

import (
	"strings"
	"testing"

	"corslab/lab/wire"

	"github.com/google/go-cmp/cmp"
)

func TestHeaders(t *testing.T) {
	headers := wire.Headers{{"Vary", "Origin, "}, {"X-Token", "a"}, {"vary", "X-Token"}}
	if got, want := headers.Get("VARY"), "Origin, , X-Token"; got != want {
		t.Errorf("Get() = %q, want %q", got, want)
	}
	if got, want := headers.Get("x-token"), "a"; got != want {
		t.Errorf("Get() = %q, want %q", got, want)
	}
	if got, want := headers.List("Vary"), []string{"origin", "x-token"}; !cmp.Equal(got, want) {
		t.Errorf("List() = %q, want %q", got, want)
	}
	if headers.Has("Origin") || headers.Get("Origin") != "" || headers.Values("Origin") != nil {
		t.Error("a header is found that isn't there")
	}
	if got, want := headers.Size(), 3*wire.LineOverhead+len("VaryOrigin, X-TokenavaryX-Token"); got != want {
		t.Errorf("Size() = %d, want %d", got, want)
	}
}

// TestHeaders_copies: changing a copy doesn't change the original.
func TestHeaders_copies(t *testing.T) {
	headers := wire.Headers{{"A", "1"}, {"B", "2"}, {"a", "3"}}
	for name, test := range map[string]struct{ got, want wire.Headers }{
		"another value":       {headers.With("a", "4"), wire.Headers{{"a", "4"}, {"B", "2"}}},
		"a new name":          {headers.With("C", "4"), wire.Headers{{"A", "1"}, {"B", "2"}, {"a", "3"}, {"C", "4"}}},
		"without a name":      {headers.Without("a"), wire.Headers{{"B", "2"}}},
		"without other names": {headers.Without("c", "d"), headers},
	} {
		if diff := cmp.Diff(test.want, test.got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
	if diff := cmp.Diff(wire.Headers{{"A", "1"}, {"B", "2"}, {"a", "3"}}, headers); diff != "" {
		t.Errorf("the original is changed (-want +got):\n%s", diff)
	}
}

func TestFromMap(t *testing.T) {
	values := map[string][]string{"Vary": {"Origin", "X-Token"}, "Accept": {"*/*"}, "X-Empty": {}}
	want := wire.Headers{{"Accept", "*/*"}, {"Vary", "Origin"}, {"Vary", "X-Token"}}
	got := wire.FromMap(values)
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("FromMap() (-want +got):\n%s", diff)
	}
	back := map[string][]string{"Vary": {"Origin", "X-Token"}, "Accept": {"*/*"}}
	added := map[string][]string{"Vary": nil}
	got.AddTo(added)
	if diff := cmp.Diff(back, added); diff != "" {
		t.Errorf("AddTo() (-want +got):\n%s", diff)
	}
}

func TestPreflight(t *testing.T) {
	asked := wire.Headers{{"Origin", "null"}, {"Access-Control-Request-Method", "PUT"}, {"Access-Control-Request-Headers", "x-token"}}
	for name, test := range map[string]struct {
		request wire.Request
		want    wire.Asked
		is      bool
	}{
		"a preflight":                  {wire.Request{Method: "OPTIONS", Headers: asked}, wire.Asked{Method: "PUT", Headers: "x-token"}, true},
		"without headers":              {wire.Request{Method: "OPTIONS", Headers: asked[:2]}, wire.Asked{Method: "PUT"}, true},
		"without a method":             {wire.Request{Method: "OPTIONS", Headers: asked[:1]}, wire.Asked{}, false},
		"without an origin":            {wire.Request{Method: "OPTIONS", Headers: asked[1:]}, wire.Asked{}, false},
		"with another method":          {wire.Request{Method: "GET", Headers: asked}, wire.Asked{}, false},
		"an OPTIONS request of a page": {wire.Request{Method: "OPTIONS"}, wire.Asked{}, false},
	} {
		if got, is := test.request.Preflight(); got != test.want || is != test.is {
			t.Errorf("%s: Preflight() = %+v, %t, want %+v, %t", name, got, is, test.want, test.is)
		}
	}
}

func TestCookies(t *testing.T) {
	r := wire.Request{Headers: wire.Headers{{"Cookie", "a=1; b=2"}, {"Cookie", "c"}}}
	if got, want := r.Cookies(), []string{"a=1", "b=2", "c"}; !cmp.Equal(got, want) {
		t.Errorf("Cookies() = %q, want %q", got, want)
	}
}

// TestResponse_Seen: a connection that is closed has no status.
func TestResponse_Seen(t *testing.T) {
	if got := (wire.Response{Status: 204}).Seen(); got != 204 {
		t.Errorf("Seen() = %d, want 204", got)
	}
	if got := (wire.Response{Status: 200, Closed: true}).Seen(); got != 0 {
		t.Errorf("Seen() of a closed connection = %d, want 0", got)
	}
}

func TestVaried(t *testing.T) {
	r := wire.Request{Headers: wire.Headers{{"Origin", "null"}, {"X-Long", strings.Repeat("x", 2<<10)}}}
	vary := func(value string) wire.Response { return wire.Response{Headers: wire.Headers{{"Vary", value}}} }
	named, ok := wire.Varied(r, vary("Origin, X-Token, origin"))
	if want := (wire.Headers{{"origin", "null"}, {"x-token", ""}}); !ok || !cmp.Equal(named, want) {
		t.Errorf("Varied() = %v, %t, want %v", named, ok, want)
	}
	if !named.Match(r) || named.Match(wire.Request{Headers: r.Headers.With("Origin", "http://a.example")}) {
		t.Error("Match() doesn't look at the values")
	}
	for _, value := range []string{"X-Long", "a,b,c,d,e,f,g,h,i,j,k,l,m,n,o,p,q,r,s,t,u"} {
		if named, ok := wire.Varied(r, vary(value)); ok {
			t.Errorf("Varied() of %s = %v, want false", value, named)
		}
	}
}
