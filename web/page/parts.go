package page

import (
	"context"
	"crypto/sha256"
	"encoding/base64"
	"strings"

	"corslab/web/view"
)

// shownParts are the tags of the parts that a page shows, by element id. A page lists
// only unchanged parts: it drops the tag of a part when someone types in it.
type shownParts map[string]string

// changedParts is what a page must replace to show the new panels.
type changedParts struct {
	html string
	tags shownParts // of the parts in html
}

// partsSince renders the parts of the panels that differ from what the page shows.
// If the page shows a panel with a different set of parts, the whole panel is
// rendered.
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

// replace adds the parts that differ from what the page shows.
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

// structureOf is a tag for the set of parts that a panel has.
func structureOf(panel view.Panel) string {
	ids := make([]string, len(panel.Parts))
	for i, part := range panel.Parts {
		ids[i] = part.ID
	}
	return tagOf(strings.Join(ids, " "))
}

// tagOf returns a hash for which a link's author can't create a collision. With a
// collision, a page would keep showing settings that are no longer in force.
func tagOf(text string) string {
	sum := sha256.Sum256([]byte(text))
	return base64.RawURLEncoding.EncodeToString(sum[:12])
}
