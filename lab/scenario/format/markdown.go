package format

import (
	"bytes"
	"regexp"
	"strings"
	"unicode/utf8"

	"corslab/lab/internal/phrase"
	"corslab/lab/scenario"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	marked "github.com/yuin/goldmark/text"
	"go.yaml.in/yaml/v4"
)

// pictureName is how a picture's file may be named; the name is part of a URL.
var pictureName = regexp.MustCompile(`^[A-Za-z0-9_-][A-Za-z0-9._-]*$`)

// markdown is a text that the page renders for the learner.
var markdown = value[string]{
	func() schema {
		s := filledSchema()
		s["maxLength"] = MaxStory
		return s
	},
	(*reader).markdown,
}

// markdown reads a text that is Markdown, and notes the pictures in it. The text is
// bounded because rendering takes longer the longer it is.
func (r *reader) markdown(path string, node *yaml.Node) string {
	written := r.filled(path, node)
	if len(written) > MaxStory {
		r.report(node, "%s: found %d bytes; at most %d are allowed", path, len(written), MaxStory)
		return ""
	}
	before := r.marked
	if r.marked += len(written); r.marked > MaxMarkdown {
		if before <= MaxMarkdown {
			r.report(node, "%s: the story and the hints have more than %d bytes together", path, MaxMarkdown)
		}
		return ""
	}
	from := r.offset(node)
	src := []byte(written)
	parsed := goldmark.DefaultParser().Parse(marked.NewReader(src))
	r.textLinks(path, node, LinksIn(parsed, src))
	_ = ast.Walk(parsed, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		image, ok := n.(*ast.Image)
		if !ok || !entering {
			return ast.WalkContinue, nil
		}
		name := string(image.Destination)
		at := *node
		if found := bytes.Index(r.src[from:], image.Destination); found >= 0 {
			at.Line, at.Column = position(r.src, from+found)
			from += found + len(name)
		}
		if len(r.pictures) == MaxPictures {
			r.report(&at, "%s: found picture %d of the file; at most %d are shown", path, MaxPictures+1, MaxPictures)
			return ast.WalkStop, nil
		}
		r.picture(path, &at, name, hasWords(image, src))
		return ast.WalkContinue, nil
	})
	return written
}

// textLinks reports links that a text may not have.
func (r *reader) textLinks(path string, node *yaml.Node, links []TextLink) {
	from := r.offset(node)
	for _, link := range links {
		at := *node
		if found := strings.Index(string(r.src[from:]), link.Address); found >= 0 {
			at.Line, at.Column = position(r.src, from+found)
			from += found
		}
		if !MayLink(link.Address) {
			r.report(&at, "%s: found a link to %s; want the path of a page of this lab, such as /scenarios/no-cors, or a URL with a public host name and no port, because a click on any other link could send a request to a program on the learner's machine", path, phrase.Brief(link.Address))
		}
	}
}

// picture notes a picture. The library checks later whether the file exists.
func (r *reader) picture(path string, at *yaml.Node, name string, described bool) {
	if !pictureName.MatchString(name) || scenario.PictureType(name) == "" {
		r.report(at, "%s: found the picture %s; want the name of a file beside this one, of letters, digits, \".\", \"_\" and \"-\", that ends in .png, .jpg, .jpeg, .gif, .webp or .svg", path, phrase.Brief(name))
		return
	}
	if !described {
		r.report(at, "%s: the picture %s has no words for who cannot see it; want ![what it shows](%s)", path, phrase.Brief(name), name)
	}
	r.pictures = append(r.pictures, referenceAt(path, name, at))
}

// hasWords reports whether there is text in a node.
func hasWords(in ast.Node, src []byte) (found bool) {
	_ = ast.Walk(in, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		if t, ok := n.(*ast.Text); ok && entering && strings.TrimSpace(string(t.Value(src))) != "" {
			found = true
			return ast.WalkStop, nil
		}
		return ast.WalkContinue, nil
	})
	return found
}

// offset is the index of the byte in the file where a node begins.
func (r *reader) offset(node *yaml.Node) int {
	at := 0
	for range node.Line - 1 {
		next := bytes.IndexByte(r.src[at:], '\n')
		if next < 0 {
			return at
		}
		at += next + 1
	}
	for range node.Column - 1 {
		_, size := utf8.DecodeRune(r.src[at:])
		at += size
	}
	return at
}
