package scenario

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"strconv"
	"strings"

	"corslab/lab/internal/phrase"
	"corslab/lab/origin"
	"corslab/lab/policy"
)

// linkVersion is the version of the links that [WriteLink] writes. Links without a
// version, from the first releases, are version 1.
const linkVersion = 2

// MaxLink is the maximum length of a link, in bytes. Every attempt within its bounds
// fits, even one that consists of braces that must be escaped.
const MaxLink = 160 << 10

// Link returns the text of a link to the attempt. It is "" for the scenario's
// start, because the page's own address leads there.
func (s *Scenario) Link(a Attempt, o origin.Set) string {
	start := s.Unshaped().Start(o)
	if WriteLink(a.plain(), o) == WriteLink(start.plain(), o) {
		return ""
	}
	return WriteLink(a, o)
}

// plain gives an attempt without headers one form. The start and a page use two.
func (a Attempt) plain() Attempt {
	a.Policy = a.Policy.MapHeaders(func(_ policy.Group, headers []policy.Header) []policy.Header {
		return append([]policy.Header{}, headers...)
	})
	if len(a.Script.Headers) == 0 {
		a.Script.Headers = nil
	}
	return a
}

// WriteLink returns the text of a link to the attempt, which follows the # in a page's
// address. It has placeholders for origins and hosts, because another lab may use other
// ports.
func WriteLink(a Attempt, o origin.Set) string {
	var text bytes.Buffer
	encoder := json.NewEncoder(&text)
	encoder.SetEscapeHTML(false)
	if err := encoder.Encode(a); err != nil {
		panic(err) // can't fail: an attempt has only texts, numbers and lists
	}
	code := o.Collapse(strings.TrimSuffix(text.String(), "\n"))
	return strconv.Itoa(linkVersion) + "." + base64.RawURLEncoding.EncodeToString([]byte(code))
}

// ReadLink reads the text of a link, of this version or an earlier one. It checks only
// the form. [Scenario.Open] checks whether the attempt fits a scenario.
func ReadLink(text string, o origin.Set) (Attempt, error) {
	if len(text) > MaxLink {
		return Attempt{}, fmt.Errorf("found a link of %d characters; want at most %d", len(text), MaxLink)
	}
	version, code, err := cutVersion(text)
	if err != nil {
		return Attempt{}, err
	}
	plain, err := decodeLink(code)
	if err != nil {
		return Attempt{}, err
	}
	if version == 1 {
		return ReadAttempt([]byte(o.ExpandNames(plain)))
	}
	return ReadAttempt([]byte(o.Expand(plain)))
}

// cutVersion splits a link into its version and its code, which has no dot.
func cutVersion(text string) (version int, code string, err error) {
	before, code, found := strings.Cut(text, ".")
	if !found {
		return 1, text, nil
	}
	if before == "" || strings.Trim(before, "0123456789") != "" {
		return 0, "", fmt.Errorf("found %s before the dot; want the link's version, such as %d", phrase.Brief(before), linkVersion)
	}
	version, err = strconv.Atoi(before)
	switch {
	case err != nil || version > linkVersion:
		return 0, "", fmt.Errorf("this link was made by a newer corslab: found link version %s; want at most %d", phrase.FirstRunes(before, 20), linkVersion)
	case version < linkVersion:
		return 0, "", fmt.Errorf("found version %s before the dot; want %d", phrase.FirstRunes(before, 20), linkVersion)
	}
	return version, code, nil
}

const linkAlphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"

func decodeLink(code string) (string, error) {
	if code == "" {
		return "", errors.New("found nothing after the version; want the link's code")
	}
	if at := len(code) - len(strings.TrimLeft(code, linkAlphabet)); at < len(code) {
		return "", fmt.Errorf("found %q after %d characters of the code; want letters, digits, - and _ only", phrase.FirstRunes(code[at:], 1), at)
	}
	plain, err := base64.RawURLEncoding.DecodeString(code)
	if err != nil {
		return "", fmt.Errorf("the link is cut off: found %d characters of code, and no complete link has that many", len(code))
	}
	return string(plain), nil
}
