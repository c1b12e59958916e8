package conformance

import (
	"bufio"
	"fmt"
	"io"
	"net/http/httputil"
	"strconv"
	"strings"
)

// request is what a browser sent. It isn't parsed by net/http, which refuses bytes in
// header values that browsers send.
type request struct {
	method string
	target string
	header map[string]string // names in lower case; for repeated lines, the last value
	body   []byte
}

func readRequest(in *bufio.Reader) (*request, error) {
	first, err := readLine(in)
	if err != nil {
		return nil, err
	}
	words := strings.Split(first, " ")
	if len(words) != 3 {
		return nil, fmt.Errorf("request line %q: want method, target and version", first)
	}
	r := &request{method: words[0], target: words[1], header: make(map[string]string)}
	for {
		line, err := readLine(in)
		if err != nil {
			return nil, err
		}
		if line == "" {
			break
		}
		name, value, _ := strings.Cut(line, ":")
		r.header[strings.ToLower(name)] = strings.Trim(value, " \t")
	}
	r.body, err = r.readBody(in)
	return r, err
}

func readLine(in *bufio.Reader) (string, error) {
	line, err := in.ReadString('\n')
	return strings.TrimRight(line, "\r\n"), err
}

func (r *request) readBody(in *bufio.Reader) ([]byte, error) {
	if r.header["transfer-encoding"] == "chunked" {
		body, err := io.ReadAll(httputil.NewChunkedReader(in))
		if err != nil {
			return nil, err
		}
		_, err = readLine(in) // the chunked reader leaves the final line break
		return body, err
	}
	length, err := strconv.Atoi(r.header["content-length"])
	if err != nil {
		return nil, nil // no body
	}
	body := make([]byte, length)
	_, err = io.ReadFull(in, body)
	return body, err
}
