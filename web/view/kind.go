package view

import (
	"corslab/lab/scenario"
	"corslab/lab/session"
)

// failureLabel is the label for what a script learns about a failure.
func failureLabel(s session.Settled) string {
	if kind := s.Script.Kind; kind == scenario.KindFetch || kind == scenario.KindFont {
		return "Exception"
	}
	return "What it is told"
}

// opaqueInsight says what a page can do with an opaque response.
func opaqueInsight(kind scenario.Kind) string {
	switch kind {
	case scenario.KindImage:
		return "The image came and can be shown. But it is opaque: the page knows its size and no pixel of it."
	case scenario.KindCanvas:
		return "The image came and was drawn. But it was loaded without CORS, so it tainted the canvas: nothing can be read back from it."
	case scenario.KindScript:
		return "The script came and ran, with all the rights of the page. But its text stays hidden, and of its errors the page is told “Script error.” and no more."
	case scenario.KindForm:
		return "The form was sent, and its answer went into a document of its own. The page that sent it sees nothing of it."
	case scenario.KindBeacon:
		return "The beacon was sent. A page is never told what came of one."
	}
	return "The request went out and the server answered, but mode no-cors hands the script an empty shell: status 0, no headers, no body."
}

// readableInsight says what a page can do with a response that it loaded with CORS.
func readableInsight(kind scenario.Kind) string {
	switch kind {
	case scenario.KindImage:
		return "The image came with CORS: the page can show it and read it."
	case scenario.KindCanvas:
		return "The image came with CORS and was drawn: the canvas can be read back."
	case scenario.KindScript, scenario.KindModule:
		return "The script came with CORS and ran. Of its errors the page is told everything."
	case scenario.KindFont:
		return "The font came with CORS and can be used."
	case scenario.KindEventSource:
		return "The browser gave the first event to the script, which then closed the stream."
	}
	return "The browser gave the answer to the script."
}
