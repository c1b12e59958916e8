package scenario

import (
	"encoding/json"
	"strings"
)

// JavaScript returns the script as the code that one would write to make its
// request to url. It runs as it stands.
func (s Script) JavaScript(url string) string {
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
	if body := s.Body.javaScript(); body != "" {
		add("body", body)
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

func (b Body) javaScript() string {
	switch b.Kind {
	case "text":
		return quote(b.Text)
	case "form":
		pairs := make([]string, len(b.Form))
		for i, pair := range b.Form {
			pairs[i] = "[" + quote(pair[0]) + ", " + quote(pair[1]) + "]"
		}
		return "new URLSearchParams([" + strings.Join(pairs, ", ") + "])"
	}
	return ""
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
