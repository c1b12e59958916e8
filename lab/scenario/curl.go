package scenario

import (
	"net/url"
	"strings"
)

// Curl returns the command by which curl sends the script's request to an
// address, from a page of the given origin, for a POSIX shell. What a browser
// adds of its own is left out, but for the origin and the body's type.
func (s Script) Curl(address, origin string) string {
	request := s.Request()
	body, contentType := s.curlBody()
	method := strings.ToUpper(s.Method)
	if s.Kind == "form" && method == "GET" {
		address, body, contentType = address+"?"+body, "", ""
	}
	parts := []string{"curl --include --globoff " + shellQuote(address)}
	add := func(option string) { parts = append(parts, option) }
	hasBody := contentType != "" || request.Body == "stream"
	switch {
	case method == "HEAD":
		add("--head")
	case method != "GET" && (method != "POST" || !hasBody):
		add("--request " + shellQuote(s.Method))
	}
	if request.Mode == "cors" || method != "GET" {
		add("--header " + shellQuote("Origin: "+origin))
	}
	for _, h := range s.Sent() {
		add("--header " + shellQuote(curlHeader(h)))
		hasBody = hasBody || s.Body.Kind != ""
	}
	if s.Body.Kind != "" && (method != "GET" && method != "HEAD") {
		if !sends(s.Sent(), "Content-Type") {
			add("--header " + shellQuote("Content-Type:"+where(contentType != "", " "+contentType)))
		}
		add("--data-raw " + shellQuote(body))
	}
	return strings.Join(parts, " \\\n  ") + "\n"
}

// curlBody is the body as it is on the wire, and the type that it brings.
func (s Script) curlBody() (body, contentType string) {
	switch s.sends() {
	case "text":
		return s.Body.Text, "text/plain;charset=UTF-8"
	case "json-blob":
		return s.Body.Text, "application/json"
	case "form":
		contentType = "application/x-www-form-urlencoded;charset=UTF-8"
		if s.Kind == "form" {
			contentType = "application/x-www-form-urlencoded"
		}
		return s.Body.encoded(), contentType
	}
	return s.Body.Text, ""
}

// encoded writes a form's fields in their order.
func (b Body) encoded() string {
	fields := make([]string, len(b.Form))
	for i, pair := range b.Form {
		fields[i] = url.QueryEscape(pair[0]) + "=" + url.QueryEscape(pair[1])
	}
	return strings.Join(fields, "&")
}

func sends(headers []Header, name string) bool {
	for _, h := range headers {
		if strings.EqualFold(h.Name, name) {
			return true
		}
	}
	return false
}

// curlHeader writes a header; with a colon and nothing behind it curl would
// leave it out.
func curlHeader(h Header) string {
	if h.Value == "" {
		return h.Name + ";"
	}
	return h.Name + ": " + h.Value
}

// shellQuote writes a word that a POSIX shell takes as it stands.
func shellQuote(word string) string { return "'" + strings.ReplaceAll(word, "'", `'\''`) + "'" }
