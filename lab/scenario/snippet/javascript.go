package snippet

import (
	"encoding/json"
	"strings"

	"corslab/lab/cors"
	"corslab/lab/policy"
	"corslab/lab/scenario"
)

// JavaScript returns code that makes a script's request to a URL. It runs unchanged.
func JavaScript(s scenario.Script, url string) string {
	switch s.Kind {
	case scenario.KindXHR:
		return xhrCode(s, url)
	case scenario.KindImage, scenario.KindScript, scenario.KindModule:
		return elementCode(s, url)
	case scenario.KindCanvas:
		return canvasCode(s, url)
	case scenario.KindFont:
		return fontCode(url)
	case scenario.KindForm:
		return formCode(s, url)
	case scenario.KindBeacon:
		return beaconCode(s, url)
	case scenario.KindEventSource:
		return eventSourceCode(s, url)
	}
	return fetchCode(s, url)
}

func fetchCode(s scenario.Script, url string) string {
	var options []string
	add := func(name, value string) { options = append(options, "  "+name+": "+value+",\n") }
	for _, option := range s.Options() {
		add(option.Property, quote(option.Value))
	}
	if headers := s.Sent(); len(headers) > 0 {
		add("headers", javaScriptHeaders(headers))
	}
	if body := bodyCode(s); body != "" {
		add("body", body)
	}
	if s.Stream == scenario.SwitchOn {
		add("duplex", quote("half"))
	}
	call := "const response = await fetch(" + quote(url)
	if len(options) > 0 {
		call += ", {\n" + strings.Join(options, "") + "}"
	}
	return call + ")\nconsole.log(response.status, await response.text())\n"
}

// javaScriptHeaders writes pairs and not an object, because pairs can repeat a name.
func javaScriptHeaders(headers []policy.Header) string {
	var code strings.Builder
	code.WriteString("[\n")
	for _, h := range headers {
		code.WriteString("    [" + quote(h.Name) + ", " + quote(h.Value) + "],\n")
	}
	code.WriteString("  ]")
	return code.String()
}

func bodyCode(s scenario.Script) string {
	switch s.Sends() {
	case cors.TextBody:
		return quote(s.Body.Text)
	case cors.JSONBlobBody:
		return "new Blob([" + quote(s.Body.Text) + `], { type: "application/json" })`
	case cors.StreamBody:
		return "new Blob([" + quote(s.Body.Text) + "]).stream()"
	case cors.FormBody:
		return "new URLSearchParams(" + pairs(s.Body) + ")"
	}
	return ""
}

// pairs writes the fields of a form.
func pairs(b scenario.Body) string {
	pairs := make([]string, len(b.Form))
	for i, pair := range b.Form {
		pairs[i] = "[" + quote(pair[0]) + ", " + quote(pair[1]) + "]"
	}
	return "[" + strings.Join(pairs, ", ") + "]"
}

// quote writes a JavaScript string, in single quotes if that saves escapes.
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
