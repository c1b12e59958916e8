package snippet

import (
	"net/url"
	"slices"
	"strings"

	"corslab/lab/cors"
	"corslab/lab/policy"
	"corslab/lab/scenario"
)

// Curl returns a command for a POSIX shell that sends the script's request to an
// address with curl, as from a page of the origin. Of the headers that a browser adds,
// it has only the origin and the body's type.
func Curl(s scenario.Script, address, origin string) string {
	body, contentType, sent := curlBody(s)
	if s.Request().Body == "" && sent { // the fields of this form go into the URL
		address, sent = address+"?"+body, false
	}
	options := []string{"curl --include --globoff " + shellQuote(address)}
	add := func(option, word string) { options = append(options, option+" "+shellQuote(word)) }
	switch method := strings.ToUpper(s.Method); {
	case method == "HEAD":
		options = append(options, "--head")
	case method != "GET" && (method != "POST" || !sent):
		add("--request", s.Method)
	}
	asked := cors.Exchange{Origin: origin, Request: s.Request(), Hops: []cors.Hop{{URL: address}}}
	if sent := cors.OriginHeader(asked, cors.Standard); sent != "" {
		add("--header", "Origin: "+sent)
	}
	for _, h := range s.Sent() {
		add("--header", curlHeader(h.Name, h.Value))
	}
	if sent {
		if !hasContentType(s) {
			add("--header", "Content-Type:"+contentType)
		}
		add("--data-raw", body)
	}
	return strings.Join(options, " \\\n  ") + "\n"
}

// curlBody is the body as it is on the wire, and its content type, which a stream
// doesn't have.
func curlBody(s scenario.Script) (body, contentType string, sent bool) {
	sent = s.Body.Kind != ""
	switch s.Sends() {
	case cors.TextBody:
		return s.Body.Text, " text/plain;charset=UTF-8", sent
	case cors.JSONBlobBody:
		return s.Body.Text, " application/json", sent
	case cors.FormBody:
		contentType = " application/x-www-form-urlencoded"
		if s.Kind != scenario.KindForm {
			contentType += ";charset=UTF-8"
		}
		return encoded(s.Body), contentType, sent
	}
	return s.Body.Text, "", sent
}

// encoded writes a form's fields as a browser does, in order.
func encoded(b scenario.Body) string {
	fields := make([]string, len(b.Form))
	for i, pair := range b.Form {
		fields[i] = url.QueryEscape(pair[0]) + "=" + url.QueryEscape(pair[1])
	}
	return strings.Join(fields, "&")
}

func hasContentType(s scenario.Script) bool {
	return slices.ContainsFunc(s.Sent(), func(h policy.Header) bool { return strings.EqualFold(h.Name, "Content-Type") })
}

// curlHeader writes a header. If the value is empty, curl needs a different form,
// because "Name:" tells it to remove the header.
func curlHeader(name, value string) string {
	if value == "" {
		return name + ";"
	}
	return name + ": " + value
}

// shellQuote quotes a word for a POSIX shell.
func shellQuote(word string) string { return "'" + strings.ReplaceAll(word, "'", `'\''`) + "'" }
