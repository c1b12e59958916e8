package attack_test

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"net"
	"net/http"
	"strings"
	"testing"
	"time"

	"corslab/lab/library"
	"corslab/web"
	"corslab/web/labtest"
)

const patience = 30 * time.Second

// lab is a running lab under attack.
type lab struct{ *web.Lab }

// startLab serves a lab on the address until the test ends.
func startLab(t testing.TB, addr string) lab {
	t.Helper()
	served, _ := labtest.Start(t, web.Config{PageAddr: addr, APIAddr: addr, Limits: web.DefaultLimits()}, library.NewCurrent(labtest.Shipped(t)))
	return lab{served}
}

// addresses are where labs listen in these tests: on one machine, and on a network,
// where browsers send no Sec-Fetch-* over plain HTTP.
func addresses() []string { return []string{"localhost:0", "127.0.0.2:0"} }

// expand replaces placeholders such as {page}, {sid}, and {program}, which is another
// program on this machine.
func (l lab) expand(text, program string) string {
	text = strings.NewReplacer("{sid}", sid, "{program}", program, "{program.host}", strings.TrimPrefix(program, "http://")).Replace(text)
	return l.Origins.Expand(text)
}

const sid = "attackedsession1"

// control sends a control request to the page origin as the page does.
func (l lab) control(t testing.TB, method, path string, body any) (status int, result map[string]any) {
	t.Helper()
	encoded, err := json.Marshal(body)
	if err != nil {
		t.Fatal(err)
	}
	response := l.raw(t, l.Origins.Page.String(), method+" "+path, []string{"Origin: " + l.Origins.Page.String(), "Content-Type: application/json"}, string(encoded))
	if err := json.Unmarshal([]byte(response.body), &result); err != nil && response.body != "" {
		t.Fatalf("%s %s = %d %.200q, want JSON", method, path, response.status, response.body)
	}
	return response.status, result
}

// response is a raw HTTP response.
type response struct {
	status int
	header http.Header
	body   string
}

// raw sends a request line by line to an origin's listener, without an HTTP client.
func (l lab) raw(t testing.TB, origin, request string, headers []string, body string) response {
	t.Helper()
	host := strings.TrimPrefix(origin, "http://")
	conn, err := net.Dial("tcp", l.listener(origin))
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	if err := conn.SetDeadline(time.Now().Add(patience)); err != nil {
		t.Fatal(err)
	}
	lines := append([]string{request + " HTTP/1.1"}, headers...)
	if !has(headers, "Host") {
		lines = append(lines, "Host: "+host)
	}
	if body != "" && !has(headers, "Content-Length") {
		lines = append(lines, fmt.Sprintf("Content-Length: %d", len(body)))
	}
	lines = append(lines, "Connection: close", "", "")
	if _, err := io.WriteString(conn, strings.Join(lines, "\r\n")+body); err != nil {
		t.Fatal(err)
	}
	method, _, _ := strings.Cut(request, " ")
	got, err := http.ReadResponse(bufio.NewReader(conn), &http.Request{Method: method})
	if err != nil {
		t.Fatalf("%s: %v", request, err)
	}
	defer got.Body.Close()
	read, err := io.ReadAll(got.Body)
	if err != nil {
		t.Fatalf("%s: %v", request, err)
	}
	return response{got.StatusCode, got.Header, string(read)}
}

// listener returns the address at which an origin is served, whatever its name.
func (l lab) listener(origin string) string {
	at := l.Origins.Page.String()
	for _, api := range l.Origins.APIs() {
		if origin == api.String() {
			at = l.Origins.API.String()
		}
	}
	return strings.TrimPrefix(at, "http://")
}

func has(headers []string, name string) bool {
	for _, line := range headers {
		if strings.HasPrefix(strings.ToLower(line), strings.ToLower(name)+":") {
			return true
		}
	}
	return false
}
