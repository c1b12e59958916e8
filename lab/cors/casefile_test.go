package cors_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"regexp"
	"strconv"
	"strings"

	"corslab/lab/cors"

	"golang.org/x/tools/txtar"
)

// caseFile is one file of testdata/cases, described in the README.md there.
type caseFile struct {
	comment  string
	exchange cors.Exchange
	wants    []want
}

// want is what one engine is expected to do.
type want struct {
	engine cors.Engine
	text   string
}

// parseCase reads a case.
func parseCase(data []byte) (caseFile, error) {
	archive := txtar.Parse(data)
	c := caseFile{comment: string(archive.Comment), exchange: cors.Exchange{Origin: "http://localhost:8080"}}
	var problems []error
	for _, section := range archive.Files {
		if err := c.read(section.Name, expanded(string(section.Data))); err != nil {
			problems = append(problems, fmt.Errorf("-- %s --: %w", section.Name, err))
		}
	}
	if line, err := json.Marshal(c.exchange); err != nil {
		problems = append(problems, err)
	} else if _, err := cors.ParseExchange(line); err != nil {
		problems = append(problems, err)
	}
	return c, errors.Join(problems...)
}

// read reads one section.
func (c *caseFile) read(name, text string) error {
	kind, rest, _ := strings.Cut(name, " ")
	switch kind {
	case "script":
		return c.readScript(text)
	case "request":
		return c.readRequest(text)
	case "preflight", "response":
		return c.readResponse(kind, rest, text)
	case "want":
		engine := cors.Standard
		if rest != "" {
			engine = cors.Engine(rest)
		}
		c.wants = append(c.wants, want{engine, text})
		if !engine.Valid() {
			return errors.New("no such engine")
		}
		return nil
	}
	return errors.New("want script, request, preflight, response or want")
}

// readScript reads the script's options other than method, URL and headers.
func (c *caseFile) readScript(text string) error {
	r := &c.exchange.Request
	for line := range strings.Lines(text) {
		key, value, _ := strings.Cut(strings.TrimSuffix(line, "\n"), ": ")
		switch key {
		case "origin":
			c.exchange.Origin = value
		case "by":
			r.Initiator = cors.Initiator(value)
		case "mode":
			r.Mode = cors.Mode(value)
		case "credentials":
			r.Credentials = cors.Credentials(value)
		case "referrer policy":
			r.ReferrerPolicy = cors.ReferrerPolicy(value)
		case "redirect":
			r.Redirect = cors.Redirect(value)
		case "body":
			r.Body = cors.BodyKind(value)
		case "upload listener":
			r.UploadListener = true
		default:
			return fmt.Errorf("unknown line %q", line)
		}
	}
	return nil
}

// readRequest reads "METHOD URL" and header lines.
func (c *caseFile) readRequest(text string) error {
	first, headers, _ := strings.Cut(text, "\n")
	space := strings.LastIndexByte(first, ' ')
	if space < 0 {
		return fmt.Errorf("found %q; want a method and a URL", first)
	}
	c.exchange.Request.Method = first[:space]
	c.hop(1).URL = first[space+1:]
	var err error
	c.exchange.Request.Headers, err = readHeaders(headers)
	return err
}

// hopSuffix is what follows "preflight" or "response" in a section's name for a hop
// after the first: "2 of URL", or "2-21 of URL" for several.
var hopSuffix = regexp.MustCompile(`^(\d+)(?:-(\d+))? of (\S+)$`)

// readResponse reads a status line and header lines.
func (c *caseFile) readResponse(kind, rest, text string) error {
	first, last := 1, 1
	at := hopSuffix.FindStringSubmatch(rest)
	if rest != "" && at == nil {
		return errors.New("want a number and a URL, as in: response 2 of http://localhost:8000/")
	}
	if at != nil {
		first, _ = strconv.Atoi(at[1])
		last, _ = strconv.Atoi(at[2])
	}
	response, err := parseResponse(text)
	for n := first; n <= max(first, last); n++ {
		hop := c.hop(n)
		if at != nil {
			hop.URL = at[3]
		}
		switch {
		case kind == "response":
			hop.Response = response
		case text == "(cached)\n":
			hop.PreflightCached = true
		default:
			hop.Preflight = response
		}
	}
	return err
}

// hop returns the n-th hop, counted from 1.
func (c *caseFile) hop(n int) *cors.Hop {
	for len(c.exchange.Hops) < n {
		c.exchange.Hops = append(c.exchange.Hops, cors.Hop{})
	}
	return &c.exchange.Hops[n-1]
}

func parseResponse(text string) (*cors.Response, error) {
	if text == "(closed)\n" || text == "(cached)\n" {
		return nil, nil
	}
	line, lines, _ := strings.Cut(text, "\n")
	code, _, _ := strings.Cut(line, " ")
	status, err := strconv.Atoi(code)
	if err != nil {
		return nil, fmt.Errorf("found %q; want a status, (closed) or (cached)", line)
	}
	headers, err := readHeaders(lines)
	return &cors.Response{Status: status, Headers: headers}, err
}

func readHeaders(text string) ([][2]string, error) {
	headers := [][2]string{}
	for line := range strings.Lines(text) {
		name, value, found := strings.Cut(strings.TrimSuffix(line, "\n"), ":")
		if !found {
			return nil, fmt.Errorf("found %q; want a header line", line)
		}
		headers = append(headers, [2]string{withControls(name), withControls(strings.TrimPrefix(value, " "))})
	}
	return headers, nil
}

// repeated is a repeated text, as in ⟨a×128⟩.
var repeated = regexp.MustCompile(`⟨([^⟩]+)×(\d+)⟩`)

// expanded writes out repetitions.
func expanded(text string) string {
	return repeated.ReplaceAllStringFunc(text, func(match string) string {
		parts := repeated.FindStringSubmatch(match)
		n, _ := strconv.Atoi(parts[2])
		return strings.Repeat(parts[1], n)
	})
}

// Control pictures, from U+2400, stand for control characters and the space, which are
// invisible in a file. U+2421 stands for DEL.
const (
	firstPicture  = '\u2400'
	lastPicture   = '\u2420'
	deletePicture = '\u2421'
)

// withControls replaces control pictures with the characters that they stand for.
func withControls(text string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r >= firstPicture && r <= lastPicture:
			return r - firstPicture
		case r == deletePicture:
			return 0x7F
		}
		return r
	}, text)
}

// visible replaces controls with their pictures, except line breaks in a list of
// requests, and shortens long repetitions.
func visible(text string) string {
	const nextRequest = "\n  "
	if list := strings.Split(text, nextRequest); len(list) > 1 {
		for i := range list {
			list[i] = visible(list[i])
		}
		return strings.Join(list, nextRequest)
	}
	text = strings.Map(func(r rune) rune {
		switch {
		case r < ' ':
			return r + firstPicture
		case r == 0x7F:
			return deletePicture
		}
		return r
	}, text)
	return shortened(text)
}

// shortened replaces a letter that appears more than 20 times in a row with a
// repetition.
func shortened(text string) string {
	const longest = 20
	var short strings.Builder
	for runes := []rune(text); len(runes) > 0; {
		n := 1
		for n < len(runes) && runes[n] == runes[0] {
			n++
		}
		if n > longest {
			fmt.Fprintf(&short, "⟨%c×%d⟩", runes[0], n)
		} else {
			short.WriteString(string(runes[:n]))
		}
		runes = runes[n:]
	}
	return short.String()
}
