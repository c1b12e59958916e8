package page

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"net/http"

	"corslab/lab/origin"
	"corslab/web/view"
)

// TooLong returns a whole HTTP response, after which the connection ends. It shows the
// page for a request whose header section is longer than most, in bytes. net/http
// doesn't read such a request, so no handler can respond to it.
func TooLong(origins origin.Set, most int) ([]byte, error) {
	var body, encoded bytes.Buffer
	if err := view.TooLong(most>>10).Render(context.Background(), &body); err != nil {
		return nil, fmt.Errorf("render the page for long addresses: %w", err)
	}
	header := http.Header{}
	setSecurity(header, contentSecurityPolicy(origins))
	header.Set("Content-Type", "text/html; charset=utf-8")
	header.Set("Referrer-Policy", "no-referrer") // the referrer would be as long
	header.Set("Cache-Control", "no-store")
	response := http.Response{
		StatusCode: http.StatusRequestHeaderFieldsTooLarge, ProtoMajor: 1, ProtoMinor: 1,
		Header: header, Body: io.NopCloser(&body), ContentLength: int64(body.Len()), Close: true,
	}
	if err := response.Write(&encoded); err != nil {
		return nil, fmt.Errorf("write the page for long addresses: %w", err)
	}
	return encoded.Bytes(), nil
}
