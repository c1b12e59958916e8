package scenario

import (
	"fmt"

	"corslab/lab/internal/phrase"
	"corslab/lab/policy"
)

// Bounds on a whole attempt. They keep every page and every request small.
const (
	MaxAttempt = 32 << 10 // bytes of all texts, as JSON
	MaxRows    = 200      // header rows of all groups
)

// Excess says how the attempt exceeds the bounds, or returns "".
func (a Attempt) Excess() string {
	rows, size := a.measure()
	switch {
	case rows > MaxRows:
		return fmt.Sprintf("found %d header rows in total; want at most %d", rows, MaxRows)
	case size > MaxAttempt:
		return fmt.Sprintf("found %d bytes of text in total; want at most %d", size, MaxAttempt)
	}
	return ""
}

// measure counts the header rows and the bytes of all texts. A text that is too long by
// itself has its own fault, so it counts only as the longest text that is shown.
func (a Attempt) measure() (rows, size int) {
	count := func(most int, texts ...string) {
		for _, text := range texts {
			size += sizeInJSON(phrase.FirstRunes(text, most+1))
		}
	}
	all := func(_ policy.Group, headers []policy.Header) []policy.Header {
		for _, h := range headers {
			rows++
			count(policy.MaxHeaderName, h.Name, string(h.Rule))
			count(policy.MaxHeaderValue, h.Value)
		}
		return headers
	}
	all(policy.Group{}, a.Script.Headers)
	a.Policy.MapHeaders(all)
	for _, t := range settable {
		count(policy.MaxHeaderName, t.Raw(a.Script))
	}
	count(policy.MaxHeaderName, string(a.Policy.Cache))
	if a.Policy.Account != nil {
		count(policy.MaxHeaderName, string(a.Policy.Account.SameSite))
	}
	if h := a.Shape; h != nil {
		count(policy.MaxHeaderName, string(h.From), string(h.In), string(h.Kind), string(h.Redirect), string(h.Body))
		count(MaxText, h.Text)
		for _, address := range append(h.Routes[:len(h.Routes):len(h.Routes)], h.URL) {
			count(maxPath, address.API, address.Path)
		}
	}
	return rows, size
}

// sizeInJSON is the largest length that a text can have in JSON.
func sizeInJSON(text string) int {
	size := len(text)
	for i := range len(text) {
		switch c := text[i]; {
		case c < ' ':
			size += len(`\u0000`) - 1
		case c == '"' || c == '\\':
			size++
		}
	}
	return size
}
