package conformance

import (
	"bytes"
	"fmt"
	"net/http"

	"corslab/lab/cors"
)

// reply is a response with its body.
type reply struct {
	cors.Response
	body []byte
}

// bytes returns the bytes to send: the header lines exactly as given, then
// Content-Length.
func (r *reply) bytes(method string) []byte {
	var b bytes.Buffer
	fmt.Fprintf(&b, "HTTP/1.1 %d %s\r\n", r.Status, http.StatusText(r.Status))
	for _, line := range r.Headers {
		b.Write(cors.IsomorphicEncode(line[0]))
		b.WriteString(": ")
		b.Write(cors.IsomorphicEncode(line[1]))
		b.WriteString("\r\n")
	}
	body := r.body
	switch r.Status {
	case http.StatusNoContent, http.StatusNotModified:
		b.WriteString("\r\n")
		return b.Bytes()
	case http.StatusResetContent:
		body = nil
	}
	fmt.Fprintf(&b, "Content-Length: %d\r\n\r\n", len(body))
	if method != http.MethodHead {
		b.Write(body)
	}
	return b.Bytes()
}
