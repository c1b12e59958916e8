package snippet

import (
	"strings"

	"corslab/lab/cors"
	"corslab/lab/scenario"
)

// logError is all that a listener for the event error can log.
const logError = `console.log("error, and nothing says why")`

// lines joins lines of code; empty ones are left out.
func lines(code ...string) string {
	var text strings.Builder
	for _, line := range code {
		if line != "" {
			text.WriteString(line + "\n")
		}
	}
	return text.String()
}

// codeIf returns the code if it is wanted, or else "".
func codeIf(wanted bool, code string) string {
	if wanted {
		return code
	}
	return ""
}

func xhrCode(s scenario.Script, url string) string {
	headers := ""
	for _, h := range s.Sent() {
		headers += "request.setRequestHeader(" + quote(h.Name) + ", " + quote(h.Value) + ")\n"
	}
	return lines(
		"const request = new XMLHttpRequest()",
		"request.open("+quote(s.Method)+", "+quote(url)+")",
		codeIf(s.Credentials == cors.IncludeCredentials, "request.withCredentials = true"),
		strings.TrimSuffix(headers, "\n"),
		codeIf(s.UploadListener == scenario.SwitchOn, "request.upload.onprogress = (event) => console.log(event.loaded)"),
		"request.onload = () => console.log(request.status, request.responseText)",
		"request.onerror = () => "+logError,
		"request.send("+bodyCode(s)+")",
	)
}

// elementCode is the code for an image or a script.
func elementCode(s scenario.Script, url string) string {
	name, made, seen := "script", `document.createElement("script")`, "corslab"
	if s.Kind == scenario.KindImage {
		name, made, seen = "image", "new Image()", "image.width, image.height"
	}
	return lines(
		"const "+name+" = "+made,
		codeIf(s.Kind == scenario.KindModule, `script.type = "module"`),
		optionsCode(s, name),
		name+".onload = () => console.log("+seen+")",
		name+".onerror = () => "+logError,
		name+".src = "+quote(url),
		codeIf(s.Kind != scenario.KindImage, "document.head.append(script)"),
	)
}

// optionsCode sets the properties of an element.
func optionsCode(s scenario.Script, element string) string {
	var code []string
	for _, option := range s.Options() {
		code = append(code, element+"."+option.Property+" = "+quote(option.Value))
	}
	return strings.Join(code, "\n")
}

func canvasCode(s scenario.Script, url string) string {
	return lines(
		"const image = new Image()",
		optionsCode(s, "image"),
		"image.src = "+quote(url),
		"await image.decode()",
		`const canvas = document.createElement("canvas").getContext("2d")`,
		"canvas.drawImage(image, 0, 0)",
		"console.log(canvas.getImageData(0, 0, 1, 1).data)",
	)
}

func fontCode(url string) string {
	return lines(
		"const font = new FontFace("+quote("corslab")+", "+quote("url("+quote(url)+")")+")",
		"await font.load()",
		"document.fonts.add(font)",
		"console.log(font.status)",
	)
}

// formCode sends the response into a frame, so that the page stays.
func formCode(s scenario.Script, url string) string {
	return lines(
		`const frame = document.createElement("iframe")`,
		`frame.name = "answer"`,
		`const form = document.createElement("form")`,
		"form.method = "+quote(s.Method),
		"form.action = "+quote(url),
		"form.target = frame.name",
		codeIf(len(s.Body.Form) > 0, "for (const [name, value] of "+pairs(s.Body)+") {\n"+
			"  const field = document.createElement(\"input\")\n"+
			"  field.name = name\n"+
			"  field.value = value\n"+
			"  form.append(field)\n}"),
		"document.body.append(frame, form)",
		"form.submit()",
	)
}

func beaconCode(s scenario.Script, url string) string {
	body := bodyCode(s)
	return lines("console.log(navigator.sendBeacon(" + quote(url) + codeIf(body != "", ", "+body) + "))")
}

func eventSourceCode(s scenario.Script, url string) string {
	return lines(
		"const events = new EventSource("+quote(url)+codeIf(s.Credentials == cors.IncludeCredentials, ", { withCredentials: true }")+")",
		"events.onmessage = (event) => {",
		"  console.log(event.data)",
		"  events.close()",
		"}",
		"events.onerror = () => {",
		"  "+logError,
		"  events.close()",
		"}",
	)
}
