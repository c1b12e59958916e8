package scenario

import (
	"encoding/json"
	"strings"
)

// JavaScript returns the script as the code that one would write to make its
// request to url. It runs as it stands.
func (s Script) JavaScript(url string) string {
	switch s.Kind {
	case KindXHR:
		return s.xhrCode(url)
	case KindImage, KindScript, KindModule:
		return s.elementCode(url)
	case KindCanvas:
		return s.canvasCode(url)
	case KindFont:
		return fontCode(url)
	case KindForm:
		return s.formCode(url)
	case KindBeacon:
		return s.beaconCode(url)
	case KindEventSource:
		return s.eventSourceCode(url)
	}
	return s.fetchCode(url)
}

func (s Script) fetchCode(url string) string {
	var options []string
	add := func(name, value string) { options = append(options, "  "+name+": "+value+",\n") }
	for _, option := range s.Options() {
		add(option.Property, quote(option.Value))
	}
	if headers := s.Sent(); len(headers) > 0 {
		add("headers", javaScriptHeaders(headers))
	}
	if body := s.bodyCode(); body != "" {
		add("body", body)
	}
	if s.Stream == SwitchOn {
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
	switch s.Sends() {
	case BodyText:
		return quote(s.Body.Text)
	case BodyJSONBlob:
		return "new Blob([" + quote(s.Body.Text) + `], { type: "application/json" })`
	case BodyStream:
		return "new Blob([" + quote(s.Body.Text) + "]).stream()"
	case BodyForm:
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
