package conformance

import (
	_ "embed"
	"encoding/json"
	"net/http"

	"corslab/lab/cors"
)

//go:embed play.js
var playScript string

const playPage = `<!doctype html><meta charset="utf-8"><title>conformance</title><link rel="icon" href="data:,"><script src="/-/play.js"></script>`

// pageURL returns the page that plays the exchanges of an origin, or "" if the origin
// can't have one.
func pageURL(origin string) string {
	switch origin {
	case "http://localhost:8080", "http://127.0.0.1:8080":
		return origin + "/-/page"
	case "null":
		return "http://localhost:8080/-/null"
	}
	return ""
}

// direct responds to the page's own requests.
func (l *playlist) direct(r *request) *reply {
	const html, javascript = "text/html", "text/javascript"
	switch r.target {
	case "/-/page":
		return page(html, playPage)
	case "/-/null":
		return page(html, playPage, [2]string{"Content-Security-Policy", "sandbox allow-scripts"})
	case "/-/play.js":
		return page(javascript, playScript)
	case "/-/next":
		directive, err := l.advance(r.body)
		if err != nil {
			l.end(err)
			return nil
		}
		text, err := json.Marshal(directive)
		if err != nil {
			l.end(err)
			return nil
		}
		return page("application/json", string(text), [2]string{"Access-Control-Allow-Origin", "*"})
	}
	return &reply{Response: cors.Response{Status: http.StatusNotFound}}
}

func page(contentType, body string, headers ...[2]string) *reply {
	headers = append(headers, [2]string{"Content-Type", contentType}, [2]string{"Cache-Control", "no-store"})
	return &reply{Response: cors.Response{Status: http.StatusOK, Headers: headers}, body: []byte(body)}
}
