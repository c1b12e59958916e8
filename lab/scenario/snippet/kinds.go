package snippet

import (
	"strings"

	"corslab/lab/cors"
	"corslab/lab/scenario"
)

// nothingSays is what a listener for the event error can write down.
const nothingSays = `console.log("error, and nothing says why")`

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

// where returns the code where it is wanted, else nothing.
func where(wanted bool, code string) string {
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
		where(s.Credentials == cors.IncludeCredentials, "request.withCredentials = true"),
		strings.TrimSuffix(headers, "\n"),
		where(s.UploadListener == scenario.SwitchOn, "request.upload.onprogress = (event) => console.log(event.loaded)"),
		"request.onload = () => console.log(request.status, request.responseText)",
		"request.onerror = () => "+nothingSays,
		"request.send("+bodyCode(s)+")",
	)
}

// elementCode is that of an image or a script.
func elementCode(s scenario.Script, url string) string {
	name, made, seen := "script", `document.createElement("script")`, "corslab"
	if s.Kind == scenario.KindImage {
		name, made, seen = "image", "new Image()", "image.width, image.height"
	}
	return lines(
		"const "+name+" = "+made,
		where(s.Kind == scenario.KindModule, `script.type = "module"`),
		optionsCode(s, name),
		name+".onload = () => console.log("+seen+")",
		name+".onerror = () => "+nothingSays,
		name+".src = "+quote(url),
		where(s.Kind != scenario.KindImage, "document.head.append(script)"),
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

// formCode has the answer come into a frame, so that the page stays.
func formCode(s scenario.Script, url string) string {
	return lines(
		`const frame = document.createElement("iframe")`,
		`frame.name = "answer"`,
		`const form = document.createElement("form")`,
		"form.method = "+quote(s.Method),
		"form.action = "+quote(url),
		"form.target = frame.name",
		where(len(s.Body.Form) > 0, "for (const [name, value] of "+pairs(s.Body)+") {\n"+
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
	return lines("console.log(navigator.sendBeacon(" + quote(url) + where(body != "", ", "+body) + "))")
}

func eventSourceCode(s scenario.Script, url string) string {
	return lines(
		"const events = new EventSource("+quote(url)+where(s.Credentials == cors.IncludeCredentials, ", { withCredentials: true }")+")",
		"events.onmessage = (event) => {",
		"  console.log(event.data)",
		"  events.close()",
		"}",
		"events.onerror = () => {",
		"  "+nothingSays,
		"  events.close()",
		"}",
	)
}
