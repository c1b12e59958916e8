package backend_test

import (
	"context"
	"testing"

	"corslab/lab/backend"
	"corslab/lab/endpoint"
	"corslab/lab/wire"

	"github.com/google/go-cmp/cmp"
)

// TestForwarded: a proxy sends requests in its own name, without the headers that only
// a browser adds.
func TestForwarded(t *testing.T) {
	from := wire.Lines("Origin: "+page, "Referer: "+page+"/", "Sec-Fetch-Site: same-site", "Access-Control-Request-Method: PUT",
		"Cookie: a=1", "X-Token: 1", "X-Token: 2", "Via: 1.1 office")
	for via, want := range map[endpoint.Via]wire.Headers{
		endpoint.SameOrigin: wire.Lines("Cookie: a=1", "X-Token: 1", "X-Token: 2", "Via: 1.1 corslab-same-origin"),
		endpoint.CORS:       wire.Lines("X-Token: 1", "X-Token: 2", "Via: 1.1 corslab-cors"),
	} {
		if diff := cmp.Diff(want, backend.Forwarded(from, via)); diff != "" {
			t.Errorf("Forwarded(%s) (-want +got):\n%s", via, diff)
		}
	}
	if len(from) != 8 || from[0].Name != "Origin" {
		t.Errorf("Forwarded() changes what it is given: %v", from)
	}
}

// recorder is an API that records what a proxy sends.
type recorder struct{ asked []wire.Request }

func (r *recorder) Respond(_ context.Context, request wire.Request) (wire.Response, error) {
	r.asked = append(r.asked, request)
	return wire.Response{Status: 200, Headers: wire.Lines("Access-Control-Allow-Credentials: true", "Access-Control-Allow-Origin: "+page, "X-Custom: 1")}, nil
}

func TestProxy(t *testing.T) {
	const sameOrigin, elsewhere = page + "/proxy/" + sid + "/7/bank/messages?a=b", "http://" + api2 + "/" + sid + "/7/proxy/bank/messages?a=b"
	asks := wire.Lines("Origin: "+page, "Access-Control-Request-Method: PUT", "Access-Control-Request-Headers: x-token")
	for name, test := range map[string]struct {
		kind   endpoint.Via
		method string
		url    string
		asked  bool // the API gets a request
		want   wire.Headers
	}{
		"a request on the page's origin":   {endpoint.SameOrigin, "PUT", sameOrigin, true, wire.Lines("Access-Control-Allow-Credentials: true", "Access-Control-Allow-Origin: "+page, "X-Custom: 1")},
		"a request elsewhere":              {endpoint.CORS, "PUT", elsewhere, true, wire.Lines("Access-Control-Allow-Origin: *", "X-Custom: 1", "Access-Control-Expose-Headers: *")},
		"a preflight on the page's origin": {endpoint.SameOrigin, "OPTIONS", sameOrigin, true, wire.Lines("Access-Control-Allow-Credentials: true", "Access-Control-Allow-Origin: "+page, "X-Custom: 1")},
		"a preflight elsewhere":            {endpoint.CORS, "OPTIONS", elsewhere, false, wire.Lines("Access-Control-Allow-Headers: x-token", "Access-Control-Allow-Methods: PUT", "Access-Control-Allow-Origin: *", "Access-Control-Expose-Headers: *")},
	} {
		t.Run(name, func(t *testing.T) {
			behind := &recorder{}
			got, err := backend.Proxy{Kind: test.kind, Origins: origins(t), API: behind}.Respond(t.Context(), wire.Request{Method: test.method, URL: test.url, Headers: asks})
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(test.want, got.Headers); diff != "" {
				t.Errorf("headers (-want +got):\n%s", diff)
			}
			if !test.asked {
				if len(behind.asked) > 0 {
					t.Errorf("the API is asked %v, want nothing", behind.asked)
				}
				return
			}
			want := wire.Request{Method: test.method, URL: "http://" + bank + "/" + sid + "/7/messages?a=b", Headers: wire.Lines("Via: " + backend.Pseudonym(test.kind))}
			if diff := cmp.Diff([]wire.Request{want}, behind.asked); diff != "" {
				t.Errorf("asked (-want +got):\n%s", diff)
			}
		})
	}
}

// TestProxy_unknown: a URL without a known API isn't forwarded.
func TestProxy_unknown(t *testing.T) {
	for _, url := range []string{page + "/proxy/" + sid + "/7/page/messages", page + "/proxy/" + sid + "/7/api", page + "/" + sid + "/7/messages"} {
		behind := &recorder{}
		_, err := backend.Proxy{Kind: endpoint.SameOrigin, Origins: origins(t), API: behind}.Respond(t.Context(), wire.Request{Method: "GET", URL: url})
		if err == nil || len(behind.asked) > 0 {
			t.Errorf("%s: error %v, and the API is asked %v; want an error and no request", url, err, behind.asked)
		}
	}
}
