package view

import "corslab/lab/session"

// isAnswer reports whether a script of that kind gets the answer as such, with
// status, headers and body; others only see what it is good for.
func isAnswer(kind string) bool { return kind == "" || kind == "fetch" || kind == "xhr" }

// toldAs names what a script gets of a failure.
func toldAs(s session.Settled) string {
	if kind := s.Script.Kind; isAnswer(kind) && kind != "xhr" || kind == "font" {
		return "Exception"
	}
	return "What it is told"
}

// opaqueInsight says what an opaque answer is good for.
func opaqueInsight(kind string) string {
	switch kind {
	case "img":
		return "The image came and can be shown. But it is opaque: the page knows its size and no pixel of it."
	case "canvas":
		return "The image came and was drawn. But it was loaded without CORS, so it tainted the canvas: nothing can be read back from it."
	case "script":
		return "The script came and ran, with all the rights of the page. But its text stays hidden, and of its errors the page is told “Script error.” and no more."
	case "form":
		return "The form was sent, and its answer went into a document of its own. The page that sent it sees nothing of it."
	case "beacon":
		return "The beacon was sent. A page is never told what came of one."
	}
	return "The request went out and the server answered, but mode no-cors hands the script an empty shell: status 0, no headers, no body."
}

// readableInsight says what the page has of an answer that it loaded with CORS.
func readableInsight(kind string) string {
	switch kind {
	case "img":
		return "The image came with CORS: the page can show it and read it."
	case "canvas":
		return "The image came with CORS and was drawn: the canvas can be read back."
	case "script", "module":
		return "The script came with CORS and ran. Of its errors the page is told everything."
	case "font":
		return "The font came with CORS and can be used."
	case "eventsource":
		return "The browser gave the first event to the script, which then closed the stream."
	}
	return "The browser gave the answer to the script."
}
