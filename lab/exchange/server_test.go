package exchange_test

import (
	"testing"

	"corslab/lab/cors"
	"corslab/lab/exchange"
	"corslab/lab/wire"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
)

func TestServer(t *testing.T) {
	server := exchange.NewServer(cors.Exchange{Hops: []cors.Hop{
		{
			URL:       "http://api.example",
			Preflight: &cors.Response{Status: 204, Headers: cors.HeaderList{{"Allow", "PUT"}}},
			Response:  &cors.Response{Status: 307, Headers: cors.HeaderList{{"Location", "/next?é"}}},
		},
		{URL: "http://api.example/next"},
	}})
	asks := wire.Headers{{Name: "Origin", Value: "null"}, {Name: "Access-Control-Request-Method", Value: "PUT"}}
	for name, test := range map[string]struct {
		request wire.Request
		want    wire.Response
		err     string
	}{
		"a preflight": {
			request: wire.Request{Method: "OPTIONS", URL: "http://api.example/", Headers: asks},
			want:    wire.Response{Status: 204, Headers: wire.Headers{{Name: "Allow", Value: "PUT"}}},
		},
		"a request": {
			request: wire.Request{Method: "PUT", URL: "HTTP://API.example:80/#top"},
			want:    wire.Response{Status: 307, Headers: wire.Headers{{Name: "Location", Value: "/next?\xe9"}}},
		},
		"a connection that was closed": {
			request: wire.Request{Method: "PUT", URL: "http://api.example/next"},
			want:    wire.Response{Closed: true},
		},
		"a preflight that was not recorded": {
			request: wire.Request{Method: "OPTIONS", URL: "http://api.example/next", Headers: asks},
			err:     "found a preflight to http://api.example/next; want a request whose response is in the exchange",
		},
		"an unknown URL": {
			request: wire.Request{Method: "GET", URL: "http://api.example/other"},
			err:     "found a request to http://api.example/other; want one to http://api.example or http://api.example/next",
		},
	} {
		t.Run(name, func(t *testing.T) {
			got, err := server.Respond(t.Context(), test.request)
			if message := textOf(err); message != test.err {
				t.Fatalf("Respond() error = %q, want %q", message, test.err)
			}
			if diff := cmp.Diff(test.want, got, cmpopts.IgnoreFields(wire.Response{}, "Body")); diff != "" {
				t.Errorf("Respond() (-want +got):\n%s", diff)
			}
		})
	}
}

// TestServer_empty: without hops, every URL is unknown.
func TestServer_empty(t *testing.T) {
	_, err := exchange.NewServer(cors.Exchange{}).Respond(t.Context(), wire.Request{Method: "GET", URL: "http://api.example/"})
	if want := "found a request to http://api.example/; want an exchange with hops"; textOf(err) != want {
		t.Errorf("Respond() error = %q, want %q", textOf(err), want)
	}
}

func textOf(err error) string {
	if err == nil {
		return ""
	}
	return err.Error()
}
