package format

import (
	"regexp"
	"slices"
	"strings"

	"corslab/lab/origin"

	"github.com/yuin/goldmark/ast"
)

// TextLink is a link in a Markdown text.
type TextLink struct {
	ast.Node
	Address string
	Label   string // the text of a bare address; other links show their children
}

// LinksIn lists the links of a text that was parsed from src.
func LinksIn(parsed ast.Node, src []byte) (links []TextLink) {
	_ = ast.Walk(parsed, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		switch n := n.(type) {
		case *ast.Link:
			if entering {
				links = append(links, TextLink{n, string(n.Destination), ""})
			}
		case *ast.AutoLink:
			if entering {
				links = append(links, TextLink{n, string(n.URL(src)), string(n.Label(src))})
			}
		}
		return ast.WalkContinue, nil
	})
	return links
}

// A text may link to a page of this lab by its path, or to a host with a public name
// and no port. Both patterns are so narrow that all URL parsers agree on them.
var (
	labPath    = regexp.MustCompile(`^(#|/([A-Za-z0-9_.#?=%-]|$))[A-Za-z0-9/_.#?=%-]*$`)
	publicHost = regexp.MustCompile(`^(?i:` + origin.HTTPPattern + `)(?:[A-Za-z0-9-]+\.)+([A-Za-z]{2,})(?:[/?#][!-~]*)?$`)
)

// MayLink reports whether a text of a scenario may link to an address. Texts don't
// link to local addresses: a click comes from the lab's own site, so another
// program on the same host would get the request with its SameSite=Strict cookies.
func MayLink(address string) bool {
	if labPath.MatchString(address) {
		return true
	}
	host := publicHost.FindStringSubmatch(address)
	local := []string{"localhost", "localdomain", "local", "internal", "lan", "home", "arpa", "corp", "private", "intranet"}
	return host != nil && !slices.Contains(local, strings.ToLower(host[1]))
}
