package page

import (
	"context"
	"crypto/sha256"
	"encoding/base64"
	"strings"

	"corslab/web/view"
)

// shownParts are the tags of what a page shows, by the element's id. A page tells
// only of parts that stand as they came: it forgets the tag of one in which
// something was typed.
type shownParts map[string]string

// changedParts is what a page must replace to show other panels.
type changedParts struct {
	html string
	tags shownParts // of what is in html
}

// partsSince renders the parts of the panels that differ from what is shown. A
// panel that has other parts than the one shown is rendered as a whole.
func partsSince(ctx context.Context, shown shownParts, panels []view.Panel) (changedParts, error) {
	since := changedParts{tags: make(shownParts)}
	for _, panel := range panels {
		var err error
		switch {
		case len(panel.Parts) == 0:
			err = since.replace(ctx, shown, panel.Part)
		case shown[panel.ID] == structureOf(panel):
			err = since.replace(ctx, shown, panel.Parts...)
		default:
			err = since.whole(ctx, panel)
		}
		if err != nil {
			return changedParts{}, err
		}
	}
	return since, nil
}

// replace adds those of the parts that differ from what is shown.
func (c *changedParts) replace(ctx context.Context, shown shownParts, parts ...view.Part) error {
	for _, part := range parts {
		html, err := render(ctx, part.Component)
		if err != nil {
			return err
		}
		if tag := tagOf(html); shown[part.ID] != tag {
			c.tags[part.ID] = tag
			c.html += html
		}
	}
	return nil
}

// whole adds a panel with all its parts.
func (c *changedParts) whole(ctx context.Context, panel view.Panel) error {
	html, err := render(ctx, panel.Component)
	if err != nil {
		return err
	}
	c.html += html
	c.tags[panel.ID] = structureOf(panel)
	for _, part := range panel.Parts {
		if html, err = render(ctx, part.Component); err != nil {
			return err
		}
		c.tags[part.ID] = tagOf(html)
	}
	return nil
}

// structureOf is the tag of a panel that has these parts.
func structureOf(panel view.Panel) string {
	ids := make([]string, len(panel.Parts))
	for i, part := range panel.Parts {
		ids[i] = part.ID
	}
	return tagOf(strings.Join(ids, " "))
}

// tagOf is a hash that a link's author cannot make collide: else a page would go
// on showing what is no longer in force.
func tagOf(text string) string {
	sum := sha256.Sum256([]byte(text))
	return base64.RawURLEncoding.EncodeToString(sum[:12])
}
