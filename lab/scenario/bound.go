package scenario

import "fmt"

// Bounds on a whole attempt, so that no request has much to show or to send.
const (
	MaxAttempt = 32 << 10 // bytes of all texts, as JSON writes them
	MaxRows    = 200      // header rows of all groups
)

// WholeAttempt is the place of a fault that belongs to all of an attempt. What is
// handed over with such a fault is too much to be shown.
const WholeAttempt = "attempt"

// excess says by what the attempt exceeds the bounds, or returns "".
func (a Attempt) excess() string {
	rows, size := a.measure()
	switch {
	case rows > MaxRows:
		return fmt.Sprintf("found %d header rows in all; want at most %d", rows, MaxRows)
	case size > MaxAttempt:
		return fmt.Sprintf("found %d bytes of text in all; want at most %d", size, MaxAttempt)
	}
	return ""
}

// measure counts the header rows and the bytes of all texts. A text that is too
// long by itself has a fault of its own, and counts as the longest that is shown.
func (a Attempt) measure() (rows, size int) {
	count := func(most int, texts ...string) {
		for _, text := range texts {
			size += sizeInJSON(firstRunes(text, most+1))
		}
	}
	all := func(_ string, headers []Header) []Header {
		for _, h := range headers {
			rows++
			count(MaxHeaderName, h.Name, string(h.Rule))
			count(MaxHeaderValue, h.Value)
		}
		return headers
	}
	all("script", a.Script.Headers)
	a.Policy.mapHeaders(all)
	s := a.Script
	count(MaxHeaderName, s.Method, s.Mode, s.Credentials, s.Via, s.CrossOrigin, s.UploadListener, s.Stream, string(a.Policy.Cache))
	if a.Policy.Account != nil {
		count(MaxHeaderName, string(a.Policy.Account.SameSite))
	}
	if h := a.Shape; h != nil {
		count(MaxHeaderName, h.From, h.In, h.Kind, h.Redirect, h.Body)
		count(MaxText, h.Text)
		for _, address := range append(h.Places[:len(h.Places):len(h.Places)], h.URL) {
			count(MaxPath, address.API, address.Path)
		}
	}
	return rows, size
}

// sizeInJSON is the length of a text as JSON writes it at most.
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
