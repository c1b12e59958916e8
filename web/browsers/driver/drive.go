package driver

import (
	"context"

	"github.com/chromedp/chromedp"
)

// Navigate opens an address and waits until the page is loaded.
func (t *Tab) Navigate(ctx context.Context, url string) error {
	_, err := within(ctx, t, chromedp.Navigate(url))
	return err
}

// Evaluate runs an expression in the page, awaits it if it is a promise, and decodes its
// JSON into value.
func (t *Tab) Evaluate(ctx context.Context, expression string, value any) error {
	text, err := within(ctx, t, chromedp.Evaluate[string](asJSON(expression), chromedp.EvalAwaitPromise))
	if err != nil {
		return err
	}
	return decode([]byte(text), value)
}

// within runs an action in the tab until ctx ends.
func within[T any](ctx context.Context, t *Tab, action chromedp.Action[T]) (T, error) {
	inTab, cancel := context.WithCancelCause(t.ctx)
	defer cancel(nil)
	defer context.AfterFunc(ctx, func() { cancel(context.Cause(ctx)) })()
	value, err := chromedp.Run(inTab, action)
	if err != nil && ctx.Err() != nil {
		err = context.Cause(ctx)
	}
	return value, err
}
