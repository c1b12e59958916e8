// Package bodies_test collects every body that the API origin and the proxies can send
// after hostile input, from a real lab, and checks that the bytes can't run. It checks
// their form, and serves them to browsers as scripts, modules, style sheets and workers,
// under every encoding.
package bodies_test

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"corslab/lab/backend"
	"corslab/lab/library"
	"corslab/web"
	"corslab/web/labtest"
	"corslab/web/recovery"
)

const (
	sid  = "abcdefghijklmnop"
	file = `corslab: 1
title: Test
track: Test
story: Test
script: {url: "{api}/messages"}
policy:
  response: {status: 200}
  account: {token: true}
  routes:
    - {url: "{api}/closed", response: {close: true}}
    - {url: "{api}/redirected", response: {status: 302, headers: [{Location: /messages}]}}
    - {url: "{api}/failed", response: {status: 500}}
expect: {outcome: blocked, cause: allow-origin-missing, stage: response}
goal: [{page: readable}]
solutions: [{}]
`
	patience = 10 * time.Second
)

// ran is the code of all attacks: it sets a global and posts a message. It has no
// quotes, which JSON would escape.
const ran = `globalThis.pwned=1;try{postMessage(1)}catch(e){}`

// hostile lists texts that try to escape from their string, each for an encoding or for
// a type that a browser may mistake the body for.
func hostile() map[string]string {
	code := `"}];` + ran + `//`
	return map[string]string{
		"Shift_JIS: the last byte takes a backslash": "ぁ" + code,
		"GBK, Big5, EUC-KR: a lead byte at the end":  "\u00e9" + code,
		"a byte that is no UTF-8":                    "\x83" + code,
		"a lead byte of each kind":                   "\x81\x8e\x8f\xa1\xe0\xfe" + code,
		"a plain quote":                              code,
		"a backslash before the quote":               `\` + code,
		"an end of a line":                           "\n" + code,
		"line separators":                            "\u2028\u2029" + code,
		"UTF-16LE":                                   "\ufeff" + spread(code, 1, 0),
		"UTF-16BE":                                   spread(code, 0, 1),
		"UTF-16 of CJK letters":                      "\u2822\u2922\u282e" + ran,
		"UTF-32":                                     "\x00\x00\xfe\xff" + spread(code, 0, 3),
		"a byte order mark":                          "\xef\xbb\xbf" + code,
		"UTF-7":                                      "+ACIAfQBdADs-" + ran + "+AC8ALw-",
		"ISO-2022-JP: another character set":         "\x1b$B" + code + "\x1b(B",
		"ISO-2022-JP: a yen sign for a backslash":    "\x1b(J" + code,
		"HZ":                         "~{" + code + "~}",
		"a style sheet":              `"}]}` + "\n}:root{--pwned:1}/*",
		"a style sheet in an escape": `\22}]:root{--pwned:1}`,
		"markup":                     "</script><svg onload='" + ran + "'><script>" + ran + "</script>",
		"a template":                 "${" + ran + "}`",
		"words that do something":    "new Worker import pwned throw pwned",
		"a name of a prototype":      "__proto__",
	}
}

// spread surrounds each byte with zero bytes.
func spread(text string, after, before int) string {
	var wide strings.Builder
	for _, b := range []byte(text) {
		wide.WriteString(strings.Repeat("\x00", before) + string([]byte{b}) + strings.Repeat("\x00", after))
	}
	return wide.String()
}

// body is a response's body, with a description of its request.
type body struct {
	name    string
	status  int
	content []byte
}

// collector sends requests to one lab and collects the bodies.
type collector struct {
	t      testing.TB
	lab    *web.Lab
	bodies []body
}

// collect returns all bodies.
func collect(t testing.TB) []body {
	t.Helper()
	c := &collector{t: t, lab: startLab(t)}
	c.openSession()
	c.files()
	c.messages()
	c.account()
	c.refusals()
	c.proxies()
	c.recovered()
	return c.bodies
}

func startLab(t testing.TB) *web.Lab {
	t.Helper()
	lib, err := library.Load(library.Source{Name: "test", FS: fstest.MapFS{"test.yaml": {Data: []byte(file)}}})
	if err != nil {
		t.Fatal(err)
	}
	return serve(t, lib)
}

// serve serves a lab until the test ends.
func serve(t testing.TB, lib *library.Library) *web.Lab {
	t.Helper()
	lab, _ := labtest.Start(t, web.Config{PageAddr: "localhost:0", APIAddr: "localhost:0", Limits: web.DefaultLimits()}, library.NewCurrent(lib))
	return lab
}

func (c *collector) openSession() {
	c.t.Helper()
	c.control("PUT", "", `{"scenario":"test"}`)
	c.control("POST", "/runs", "")
}

func (c *collector) control(method, path, content string) {
	c.t.Helper()
	page := c.lab.Origins.Page.String()
	got, err := exchange(page, raw(method, "/sessions/"+sid+path, page, content, "Origin: "+page))
	if err != nil || got.status >= 300 {
		c.t.Fatalf("%s %s = %d %s (error %v)", method, path, got.status, got.content, err)
	}
}

// raw returns the bytes of a request, which may be malformed.
func raw(method, path, origin, content string, headers ...string) string {
	lines := append([]string{method + " " + path + " HTTP/1.1", "Host: " + strings.TrimPrefix(origin, "http://"), "Connection: close"}, headers...)
	if content != "" {
		lines = append(lines, fmt.Sprintf("Content-Length: %d", len(content)))
	}
	return strings.Join(lines, "\r\n") + "\r\n\r\n" + content
}

// breaksOff marks a request whose body never ends.
const breaksOff = "Content-Length: 99999"

// exchange sends bytes to an origin of the lab and reads the response.
func exchange(origin, request string) (body, error) {
	_, port, _ := net.SplitHostPort(strings.TrimPrefix(origin, "http://"))
	conn, err := net.DialTimeout("tcp", net.JoinHostPort("127.0.0.1", port), patience)
	if err != nil {
		return body{}, err
	}
	defer conn.Close()
	if err := conn.SetDeadline(time.Now().Add(patience)); err != nil {
		return body{}, err
	}
	if _, err := io.WriteString(conn, request); err != nil {
		return body{}, err
	}
	if strings.Contains(request, breaksOff) { // for other requests, closing would cancel them
		if err := conn.(*net.TCPConn).CloseWrite(); err != nil {
			return body{}, err
		}
	}
	response, err := http.ReadResponse(bufio.NewReader(conn), nil)
	if err != nil {
		return body{}, err
	}
	defer response.Body.Close()
	if coding := response.Header.Get("Content-Encoding"); coding != "" {
		return body{}, fmt.Errorf("the response has Content-Encoding %s, want none", coding)
	}
	content, err := io.ReadAll(response.Body)
	return body{status: response.StatusCode, content: content}, err
}

// ask collects the body of a response. It fails the test if there is none.
func (c *collector) ask(name, origin, request string) body {
	c.t.Helper()
	got, err := exchange(origin, request)
	if err != nil && !errors.Is(err, io.ErrUnexpectedEOF) {
		c.t.Fatalf("%s: %v", name, err)
	}
	if got.name = name; len(got.content) > 0 {
		c.bodies = append(c.bodies, got)
	}
	return got
}

// api requests a path of the session from the API.
func (c *collector) api(name, method, path, content string) {
	c.t.Helper()
	c.ask(name, c.lab.Origins.API.String(), raw(method, "/"+sid+"/1"+path, c.lab.Origins.API.String(), content))
}

func (c *collector) files() {
	for _, name := range []string{"script.js", "module.js", "broken.js", "image.png", "font.ttf", "events"} {
		c.api("the file "+name, "GET", "/"+name, "")
	}
}

func (c *collector) messages() {
	c.api("the messages at first", "GET", "/messages", "")
	for name, text := range hostile() {
		c.api("posted, "+name, "POST", "/messages", text)
		c.api("put, "+name, "PUT", "/messages/1", text)
		c.api("one of the messages, "+name, "GET", "/messages/1", "")
		c.api("posted as a form, "+name, "POST", "/messages", "text="+url.QueryEscape(text))
		c.control("POST", "/reset", "") // otherwise one text can hide another's effect
		c.api("posted to others, "+name, "POST", "/messages", text)
		c.api("all messages, "+name, "GET", "/messages", "")
	}
	c.api("the rest after a deletion", "DELETE", "/messages/1", "")
}

func (c *collector) account() {
	key := c.signIn()
	for name, text := range hostile() {
		to := url.QueryEscape(text)
		c.api("an amount, "+name, "POST", "/transfer?key="+key+"&to=bob&amount="+to, "")
		c.api("a transfer, "+name, "POST", "/transfer?key="+key+"&amount=1&to="+to, "")
		c.api("a key, "+name, "POST", "/transfer", "key="+to)
		c.api("a login, "+name, "POST", "/login?name="+to, text)
	}
	c.api("the account", "GET", "/account?key="+key, "")
	c.api("a transfer by GET", "GET", "/transfer?key="+key, "")
	cookie := c.ask("a login", c.lab.Origins.API.String(), raw("GET", "/"+sid+"/1/login", c.lab.Origins.API.String(), ""))
	if cookie.status != http.StatusOK {
		c.t.Errorf("the login has status %d, want 200", cookie.status)
	}
}

func (c *collector) signIn() (key string) {
	login := c.ask("a first login", c.lab.Origins.API.String(), raw("POST", "/"+sid+"/1/login", c.lab.Origins.API.String(), ""))
	_, rest, found := strings.Cut(string(login.content), `"key":"`)
	if !found {
		c.t.Fatalf("the login gives %s, want a key", login.content)
	}
	key, _, _ = strings.Cut(rest, `"`)
	return key
}

func (c *collector) refusals() {
	api := c.lab.Origins.API.String()
	for name, text := range hostile() {
		path := url.PathEscape(text)
		c.api("a path, "+name, "GET", "/"+path+"?"+url.QueryEscape(text), "")
		c.api("a path of bytes, "+name, "GET", "/"+printableBytes(text), "")
		c.ask("no session, "+name, api, raw("GET", "/"+path, api, ""))
		c.ask("a host, "+name, api, raw("GET", "/", "http://"+hostBytes(text), ""))
	}
	c.api("a failure", "GET", "/failed", "")
	c.api("a redirect", "GET", "/redirected", "")
	c.ask("a body that breaks off", api, strings.Replace(raw("POST", "/"+sid+"/1/messages", api, "half"), "Content-Length: 4", breaksOff, 1))
	c.api("a body that is too large", "POST", "/messages", strings.Repeat("x", backend.MaxBody+1))
}

// printableBytes returns a text that a request line can hold unescaped.
func printableBytes(text string) string {
	return strings.Map(func(r rune) rune {
		if r <= ' ' || r == 0x7F || r == '%' || r == '?' || r == '#' {
			return -1
		}
		return r
	}, strings.ToValidUTF8(text, ""))
}

// hostBytes returns a text that net/http accepts as a host.
func hostBytes(text string) string {
	return strings.Map(func(r rune) rune {
		if r <= '~' && strings.ContainsRune("!$%&()*+,-.:;=[]'_~", r) || r >= '0' && r <= '9' || r >= 'A' && r <= 'z' && r != '\\' && r != '^' && r != '`' {
			return r
		}
		return -1
	}, text)
}

// proxies collects the responses of both proxies, and their refusals.
func (c *collector) proxies() {
	page, api2 := c.lab.Origins.Page.String(), c.lab.Origins.API2.String()
	for _, p := range []struct{ name, origin, at string }{
		{"the same-origin proxy", page, "/proxy/" + sid + "/1"}, {"the CORS proxy", api2, "/" + sid + "/1/proxy"},
	} {
		for name, text := range hostile() {
			c.ask(p.name+", posted, "+name, p.origin, raw("POST", p.at+"/api/messages", p.origin, text))
			c.ask(p.name+", a path, "+name, p.origin, raw("GET", p.at+"/api/"+url.PathEscape(text), p.origin, ""))
			c.ask(p.name+", no API, "+name, p.origin, raw("GET", p.at+"/"+url.PathEscape(text), p.origin, ""))
		}
		c.ask(p.name+", a file", p.origin, raw("GET", p.at+"/api/image.png", p.origin, ""))
		c.ask(p.name+", an API that hangs up", p.origin, raw("GET", p.at+"/api/closed", p.origin, ""))
		c.ask(p.name+", a loop", p.origin, raw("GET", p.at+"/api/messages", p.origin, "", "Via: 1.1 corslab-cors"))
		c.ask(p.name+", a body that is too large", p.origin, raw("POST", p.at+"/api/messages", p.origin, strings.Repeat("x", backend.MaxBody+1)))
	}
	c.ask("another origin's page", page, raw("GET", "/proxy/"+sid+"/1/api/messages", page, "", "Origin: http://attacker.example"))
}

// recovered has a handler panic with hostile texts.
func (c *collector) recovered() {
	for name, text := range hostile() {
		broken := http.HandlerFunc(func(http.ResponseWriter, *http.Request) { panic(text) })
		recorder := httptest.NewRecorder()
		recovery.Handler(broken, slog.New(slog.DiscardHandler)).ServeHTTP(recorder, httptest.NewRequest("GET", "/"+url.PathEscape(text), nil))
		c.bodies = append(c.bodies, body{"a panic, " + name, recorder.Code, recorder.Body.Bytes()})
	}
}
