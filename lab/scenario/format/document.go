package format

import (
	"bytes"
	"errors"
	"fmt"
	"regexp"
	"strings"
	"unicode/utf8"

	"go.yaml.in/yaml/v4"
)

// reportFile notes a mistake of the file as a whole.
func (r *reader) reportFile(format string, args ...any) {
	r.problems = append(r.problems, Problem{File: r.name, Message: fmt.Sprintf(format, args...)})
}

// document parses the YAML. It returns the outermost node, or nil if there is a problem.
func (r *reader) document(src []byte) *yaml.Node {
	r.src = src
	if len(src) > MaxFile {
		r.reportFile("the file is larger than %d bytes, the most that is read", MaxFile)
		return nil
	}
	if len(bytes.TrimSpace(src)) == 0 {
		r.problems = append(r.problems, Problem{File: r.name, Line: 1, Column: 1, Message: "the file is empty; want a " + r.wants})
		return nil
	}
	var documents []yaml.Node
	if err := yaml.Load(src, &documents, yaml.WithAllDocuments()); err != nil {
		r.problems = append(r.problems, syntaxProblem(r.name, src, err))
		return nil
	}
	if len(documents) == 0 {
		r.problems = append(r.problems, Problem{File: r.name, Line: 1, Column: 1, Message: "the file holds nothing but comments; want a " + r.wants})
		return nil
	}
	if len(documents) > 1 {
		r.report(&documents[1], "found a second YAML document; want one %s a file", r.wants)
		return nil
	}
	if alias := firstAlias(&documents[0]); alias != nil {
		r.report(alias, "found an anchor or an alias, which are not read; want the value written out")
		return nil
	}
	return documents[0].Content[0]
}

func syntaxProblem(file string, src []byte, err error) Problem {
	problem := Problem{File: file, Line: 1, Column: 1, Message: "not YAML: " + err.Error()}
	var fault *yaml.LoadError
	if !errors.As(err, &fault) {
		return problem
	}
	problem.Line, problem.Column = fault.Mark.Line, fault.Mark.Column
	if problem.Line == 0 { // for an invalid character, the library gives only the index of the byte
		problem.Line, problem.Column = position(src, fault.Mark.Index)
	}
	problem.Message = "not YAML: " + fault.Message + syntaxAdvice(src, problem.Line, problem.Column)
	return problem
}

// position turns a byte's index into a line and a column of characters.
func position(src []byte, index int) (line, column int) {
	before := src[:min(index, len(src))]
	line = 1 + bytes.Count(before, []byte("\n"))
	column = 1 + utf8.RuneCount(before[bytes.LastIndexByte(before, '\n')+1:])
	return line, column
}

// syntaxAdvice says what is wanted, for common mistakes that the YAML library explains
// badly. It is empty for all others.
func syntaxAdvice(src []byte, line, column int) string {
	lines := strings.Split(string(src), "\n")
	if line > len(lines) {
		return ""
	}
	text := []rune(lines[line-1])
	at := min(column-1, len(text))
	before, after := string(text[:at]), string(text[at:])
	switch name := placeholderEnd.FindString(before); {
	case name != "": // {api}/messages is a mapping followed by something else
		return fmt.Sprintf("; want quotes around a text that begins with %s", name)
	case strings.HasPrefix(after, "\t"):
		return "; found a tab, want spaces"
	case strings.Contains(string(text), ": *") || strings.Contains(string(text), ": @") || strings.Contains(string(text), ": `"):
		return "; want quotes around a text that begins with *, @ or `"
	case strings.HasPrefix(after, ":") && strings.Contains(before, ": "):
		return "; want quotes around a text that holds a colon and a space"
	}
	return ""
}

var placeholderEnd = regexp.MustCompile(`\{[a-z0-9]+\}$`)

func firstAlias(node *yaml.Node) *yaml.Node {
	if node.Kind == yaml.AliasNode || node.Anchor != "" {
		return node
	}
	for _, child := range node.Content {
		if alias := firstAlias(child); alias != nil {
			return alias
		}
	}
	return nil
}
