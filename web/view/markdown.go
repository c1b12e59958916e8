package view

import (
	"bytes"

	"github.com/a-h/templ"
	"github.com/yuin/goldmark"
)

// markdown renders an author's text. Raw HTML and links that run scripts are
// dropped, as goldmark does unless it is told otherwise.
func markdown(text string) templ.Component {
	var html bytes.Buffer
	if err := goldmark.Convert([]byte(text), &html); err != nil {
		return templ.NopComponent
	}
	return templ.Raw(html.String())
}
