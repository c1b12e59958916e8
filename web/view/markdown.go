package view

import (
	"bytes"

	"corslab/lab/scenario"
	"corslab/lab/scenario/format"

	"github.com/a-h/templ"
	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/text"
)

// markdown renders an author's text. It drops raw HTML, as goldmark does by default. Of
// pictures and of links to forbidden addresses, it keeps only the words.
func markdown(src string) templ.Component { return illustrated(src, &scenario.Scenario{}) }

// illustrated is markdown that also shows the scenario's pictures.
func illustrated(src string, s *scenario.Scenario) templ.Component {
	var html bytes.Buffer
	parsed := goldmark.DefaultParser().Parse(text.NewReader([]byte(src)))
	for _, link := range format.LinksIn(parsed, []byte(src)) {
		if !format.MayLink(link.Address) {
			link.AppendChild(link.Node, ast.NewString([]byte(link.Label)))
			unwrap(link.Node)
		}
	}
	for _, image := range imagesIn(parsed) {
		name := string(image.Destination)
		if _, found := s.Pictures[name]; found {
			image.Destination = []byte("/scenarios/" + s.ID + "/files/" + name)
		} else {
			unwrap(image)
		}
	}
	if err := goldmark.DefaultRenderer().Render(&html, []byte(src), parsed); err != nil {
		return templ.NopComponent
	}
	return templ.Raw(html.String())
}

func imagesIn(parsed ast.Node) (images []*ast.Image) {
	_ = ast.Walk(parsed, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		if image, ok := n.(*ast.Image); ok && entering {
			images = append(images, image)
		}
		return ast.WalkContinue, nil
	})
	return images
}

// unwrap replaces a node with its children.
func unwrap(n ast.Node) {
	parent := n.Parent()
	for child := n.FirstChild(); child != nil; child = n.FirstChild() {
		parent.InsertBefore(parent, n, child)
	}
	parent.RemoveChild(parent, n)
}
