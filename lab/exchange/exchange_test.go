package exchange_test

import (
	"testing"

	"corslab/lab/cors"
	"corslab/lab/exchange"
	"corslab/lab/wire"

	"github.com/google/go-cmp/cmp"
)

// TestFromWire: every byte of a header survives the way to the judge and back.
func TestFromWire(t *testing.T) {
	response := wire.Response{Status: 204, Headers: wire.Headers{{Name: "X-Latin", Value: "\xe9\xff"}, {Name: "Vary", Value: "a"}, {Name: "Vary", Value: "b"}}}
	judged := exchange.FromWire(response)
	want := &cors.Response{Status: 204, Headers: cors.HeaderList{{"X-Latin", "éÿ"}, {"Vary", "a"}, {"Vary", "b"}}}
	if diff := cmp.Diff(want, judged); diff != "" {
		t.Errorf("FromWire() (-want +got):\n%s", diff)
	}
	if back := exchange.ToWire(judged); back.Status != 204 || !cmp.Equal(back.Headers, response.Headers) {
		t.Errorf("ToWire() = %+v, want %+v", back, response)
	}
}

func TestFromWire_closed(t *testing.T) {
	if got := exchange.FromWire(wire.Response{Status: 200, Closed: true}); got != nil {
		t.Errorf("FromWire() = %+v, want nil", got)
	}
	if got := exchange.ToWire(nil); !got.Closed {
		t.Errorf("ToWire(nil) = %+v, want a closed connection", got)
	}
}
