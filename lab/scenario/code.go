package scenario

import (
	"encoding/json"
	"strings"
)

// JavaScript returns the script as the code that one would write to make its
// request to url. It runs as it stands.
func (s Script) JavaScript(url string) string {
	switch s.Kind {
	case "xhr":
		return s.xhrCode(url)
	case "img", "script", "module":
		return s.elementCode(url)
	case "canvas":
		return s.canvasCode(url)
	case "font":
		return fontCode(url)
	case "form":
		return s.formCode(url)
	case "beacon":
		return s.beaconCode(url)
	case "eventsource":
		return s.eventSourceCode(url)
	}
	return s.fetchCode(url)
}

func (s Script) fetchCode(url string) string {
	var options []string
	add := func(name, value string) { options = append(options, "  "+name+": "+value+",\n") }
	if s.Method != "GET" {
		add("method", quote(s.Method))
	}
	if s.Mode != "cors" {
		add("mode", quote(s.Mode))
	}
	if s.Credentials != "same-origin" {
		add("credentials", quote(s.Credentials))
	}
	if s.Redirect != "follow" {
		add("redirect", quote(s.Redirect))
	}
	if headers := s.Sent(); len(headers) > 0 {
		add("headers", javaScriptHeaders(headers))
	}
	if body := s.bodyCode(); body != "" {
		add("body", body)
	}
	if s.Stream == "true" {
		add("duplex", quote("half"))
	}
	call := "const response = await fetch(" + quote(url)
	if len(options) > 0 {
		call += ", {\n" + strings.Join(options, "") + "}"
	}
	return call + ")\nconsole.log(response.status, await response.text())\n"
}

// javaScriptHeaders writes pairs, not an object: they keep repeated names.
func javaScriptHeaders(headers []Header) string {
	var code strings.Builder
	code.WriteString("[\n")
	for _, h := range headers {
		code.WriteString("    [" + quote(h.Name) + ", " + quote(h.Value) + "],\n")
	}
	code.WriteString("  ]")
	return code.String()
}

func (s Script) bodyCode() string {
	switch s.sends() {
	case "text":
		return quote(s.Body.Text)
	case "json-blob":
		return "new Blob([" + quote(s.Body.Text) + `], { type: "application/json" })`
	case "stream":
		return "new Blob([" + quote(s.Body.Text) + "]).stream()"
	case "form":
		return "new URLSearchParams(" + s.Body.pairs() + ")"
	}
	return ""
}

// pairs writes the fields of a form.
func (b Body) pairs() string {
	pairs := make([]string, len(b.Form))
	for i, pair := range b.Form {
		pairs[i] = "[" + quote(pair[0]) + ", " + quote(pair[1]) + "]"
	}
	return "[" + strings.Join(pairs, ", ") + "]"
}

// quote writes a JavaScript string, in single quotes where that saves escapes.
func quote(s string) string {
	if strings.Contains(s, `"`) && !strings.ContainsAny(s, "'\\\n\r\u2028\u2029") {
		return "'" + s + "'"
	}
	var quoted strings.Builder
	encoder := json.NewEncoder(&quoted)
	encoder.SetEscapeHTML(false)
	if err := encoder.Encode(s); err != nil {
		return `""`
	}
	return strings.TrimSuffix(quoted.String(), "\n")
}
