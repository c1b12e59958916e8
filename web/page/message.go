package page

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"

	"github.com/a-h/templ"
)

// message is one message to the page, as JSON.
type message struct {
	Seq  uint64 `json:"seq"`
	Kind string `json:"kind"` // "gap", "started", "received", "settled" or "revision"
	Run  int    `json:"run"`
	HTML string `json:"html"`
}

// encode renders a message. It renders at most as many at once as there are processors,
// so that a thousand pages that catch up can't keep the lab from stopping.
func (s *server) encode(ctx context.Context, m message, fragment templ.Component) ([]byte, error) {
	select {
	case s.rendering <- struct{}{}:
		defer func() { <-s.rendering }()
	case <-ctx.Done():
		return nil, ctx.Err()
	}
	html, err := render(ctx, fragment)
	if err != nil {
		return nil, err
	}
	m.HTML = html
	encoded, err := json.Marshal(m)
	if err != nil {
		return nil, fmt.Errorf("encode entry %d: %w", m.Seq, err)
	}
	return encoded, nil
}

// render joins fragments to the markup that the page puts into its elements.
func render(ctx context.Context, fragments ...templ.Component) (string, error) {
	var html strings.Builder
	for _, fragment := range fragments {
		if err := fragment.Render(ctx, &html); err != nil {
			return "", fmt.Errorf("render a fragment: %w", err)
		}
	}
	return html.String(), nil
}
