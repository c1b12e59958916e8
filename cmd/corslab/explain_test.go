package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/synctest"

	"corslab/cmd/internal/cli"
	"corslab/lab/cors"
)

// simple is an exchange whose response the page can read in every engine.
const simple = `{"id":"a","origin":"http://localhost:8080","request":{},"hops":[{"url":"http://localhost:8000/","response":{"status":200,"headers":[["Access-Control-Allow-Origin","*"]]}}]}`

func TestExplain(t *testing.T) {
	for name, test := range map[string]struct {
		in       string
		verdicts int // lines on standard output
		errs     string
		status   int
	}{
		"one exchange":          {simple, 1, "", cli.Done},
		"nothing":               {"", 0, "", cli.Done},
		"blank lines":           {"\n" + simple + "\r\n \n" + simple + "\n", 2, "", cli.Done},
		"unknown keys":          {strings.Replace(simple, `"id"`, `"note":1,"id"`, 1), 1, "", cli.Done},
		"byte order mark":       {"\uFEFF" + simple + "\n" + simple, 2, "", cli.Done},
		"a mark and no line":    {"\uFEFF\n", 0, "", cli.Done},
		"bad UTF-8":             {strings.Replace(simple, `"a"`, "\"\xff\"", 1), 0, "corslab: line 1: byte 8: found the byte 0xff; want UTF-8\n", cli.Failed},
		"a hop of null":         {`{"origin":"null","hops":[null]}`, 0, "corslab: line 1: hops[0]: found null; want an object\n", cli.Failed},
		"no JSON":               {"foo\n" + simple, 1, "corslab: line 1: byte 2: invalid character 'o' in literal false (expecting 'a'); want a JSON object\n", cli.Failed},
		"no object":             {"[]", 0, "corslab: line 1: found a JSON array; want a JSON object\n", cli.Failed},
		"half an object":        {simple + "\n" + simple[:40], 1, "corslab: line 2: byte 40: unexpected end of JSON input; want a JSON object\n", cli.Failed},
		"wrong type":            {`{"origin":8080}`, 0, "corslab: line 1: origin: found a number; want a string\n", cli.Failed},
		"wrong type in a list":  {`{"hops":[{"url":"http://a/","response":{"status":"200"}}]}`, 0, "corslab: line 1: hops.response.status: found a string; want a whole number\n", cli.Failed},
		"a wrong type of word":  {strings.Replace(simple, `{}`, `{"mode":1}`, 1), 0, "corslab: line 1: request.mode: found a number; want a string\n", cli.Failed},
		"a header of one text":  {strings.Replace(simple, `{}`, `{"headers":[["X-A"]]}`, 1), 0, "corslab: line 1: request.headers.0: found a list of 1; want a name and a value\n", cli.Failed},
		"a header of three":     {strings.Replace(simple, `["Access-Control-Allow-Origin"`, `["Vary","Access-Control-Allow-Origin"`, 1), 0, "corslab: line 1: hops.response.headers.0: found a list of 3; want a name and a value\n", cli.Failed},
		"everything is missing": {`{}`, 0, "corslab: line 1: origin: found \"\"; want an origin such as http://localhost:8080, or null; hops: found 0; want 1 to 32\n", cli.Failed},
		"an unknown word":       {strings.Replace(simple, `{}`, `{"mode":"cores"}`, 1), 0, "corslab: line 1: request.mode: found \"cores\"; want cors, no-cors or same-origin\n", cli.Failed},
		"a mode for XHR":        {strings.Replace(simple, `{}`, `{"initiator":"xhr","mode":"no-cors"}`, 1), 0, "corslab: line 1: request.mode: found \"no-cors\"; want cors\n", cli.Failed},
		"an origin with a path": {strings.Replace(simple, `:8080"`, `:8080/"`, 1), 0, "corslab: line 1: origin: found \"http://localhost:8080/\"; want an origin such as http://localhost:8080, or null\n", cli.Failed},
		"a header beyond bytes": {strings.Replace(simple, `"*"`, `"☃"`, 1), 0, "corslab: line 1: hops[0].response.headers[0]: found the value \"☃\"; want characters up to U+00FF without NUL, CR and LF\n", cli.Failed},
		"a line too long":       {strings.Repeat("x", maxLine+1) + "\n" + simple, 1, "corslab: line 1: longer than 4194304 bytes; want one exchange a line\n", cli.Failed},
		"the last line too long": {
			simple + "\n" + strings.Repeat("x", maxLine+1), 1,
			"corslab: line 2: longer than 4194304 bytes; want one exchange a line\n", cli.Failed,
		},
	} {
		t.Run(name, func(t *testing.T) {
			var out, errs bytes.Buffer
			status := run(t.Context(), []string{"explain"}, cli.Streams{In: strings.NewReader(test.in), Out: &out, Err: &errs})
			if status != test.status || errs.String() != test.errs {
				t.Errorf("run() = %d, stderr %q; want %d, %q", status, errs.String(), test.status, test.errs)
			}
			if got := strings.Count(out.String(), "\n"); got != test.verdicts {
				t.Errorf("run() printed %d lines, want %d:\n%s", got, test.verdicts, out.String())
			}
		})
	}
}

// TestExplain_order compares the command with the judge, line by line.
func TestExplain_order(t *testing.T) {
	recorded := filepath.FromSlash("../../lab/cors/testdata/recorded.jsonl")
	exchanges, err := os.ReadFile(recorded)
	if err != nil {
		t.Fatal(err)
	}
	for _, engine := range cors.Engines() {
		var want, out, errs bytes.Buffer
		encoder := json.NewEncoder(&want)
		encoder.SetEscapeHTML(false)
		for line := range bytes.Lines(exchanges) {
			exchange, err := cors.ParseExchange(line)
			if err != nil {
				t.Fatal(err)
			}
			if err := encoder.Encode(cors.Judge(exchange, engine)); err != nil {
				t.Fatal(err)
			}
		}
		status := run(t.Context(), []string{"explain", "--engine", string(engine), recorded}, cli.Streams{In: nil, Out: &out, Err: &errs})
		if status != cli.Done || errs.Len() > 0 || !bytes.Equal(out.Bytes(), want.Bytes()) {
			t.Errorf("%s: run() = %d, stderr %q, %d bytes of verdicts; want %d, nothing, the judge's %d bytes",
				engine, status, errs.String(), out.Len(), cli.Done, want.Len())
		}
	}
}

func TestExplain_misused(t *testing.T) {
	for name, args := range map[string][]string{
		"an unknown engine": {"explain", "--engine", "netscape"},
		"no such file":      {"explain", "does-not-exist.jsonl"},
		"a directory":       {"explain", "."},
	} {
		t.Run(name, func(t *testing.T) {
			var out, errs bytes.Buffer
			status := run(t.Context(), args, cli.Streams{In: strings.NewReader(simple), Out: &out, Err: &errs})
			if status != cli.Misused || out.Len() > 0 || strings.Count(errs.String(), "\n") != 1 {
				t.Errorf("run() = %d, stdout %q, stderr %q; want %d, nothing, and one line that says why", status, out.String(), errs.String(), cli.Misused)
			}
		})
	}
}

// TestExplain_live expects a verdict while only half of the next line has arrived.
func TestExplain_live(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		reader, writer := io.Pipe()
		var out, errs bytes.Buffer
		ended := make(chan int)
		go func() {
			ended <- run(t.Context(), []string{"explain"}, cli.Streams{In: reader, Out: &out, Err: &errs})
		}()
		if _, err := io.WriteString(writer, simple+"\n"+simple[:10]); err != nil {
			t.Fatal(err)
		}
		synctest.Wait()
		if got := strings.Count(out.String(), "\n"); got != 1 {
			t.Errorf("after a line and a half: run() printed %d lines, want 1", got)
		}
		if _, err := io.WriteString(writer, simple[10:]); err != nil {
			t.Fatal(err)
		}
		writer.Close()
		if status := <-ended; status != cli.Done || strings.Count(out.String(), "\n") != 2 {
			t.Errorf("run() = %d, stdout %q, stderr %q; want %d and two lines", status, out.String(), errs.String(), cli.Done)
		}
	})
}

// full is a full device.
type full struct{}

func (full) Write([]byte) (int, error) { return 0, errors.New("no space left") }

// TestExplain_full checks that an output error is reported only once, whatever the input.
func TestExplain_full(t *testing.T) {
	for name, in := range map[string]string{
		"one line":   simple,
		"many lines": strings.Repeat(simple+"\n", 1000),
		"bad line":   simple + "\n" + "foo",
	} {
		t.Run(name, func(t *testing.T) {
			var errs bytes.Buffer
			status := run(t.Context(), []string{"explain"}, cli.Streams{In: strings.NewReader(in), Out: full{}, Err: &errs})
			if status != cli.Failed || strings.Count(errs.String(), "no space left") != 1 {
				t.Errorf("run() = %d, stderr %q; want %d and the error once", status, errs.String(), cli.Failed)
			}
		})
	}
}

// TestExplain_interrupted interrupts the command while it waits for input.
func TestExplain_interrupted(t *testing.T) {
	ctx, interrupt := context.WithCancel(t.Context())
	interrupt()
	reader, writer, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	defer reader.Close()
	defer writer.Close()
	var out, errs bytes.Buffer
	if status := run(ctx, []string{"explain"}, cli.Streams{In: reader, Out: &out, Err: &errs}); status != cli.Failed {
		t.Errorf("run() = %d, want %d", status, cli.Failed)
	}
}

// FuzzExplain checks that each line of any input gets a verdict or a one-line error.
func FuzzExplain(f *testing.F) {
	f.Add([]byte(simple))
	f.Add([]byte("{}\n[]\n\xff\n" + simple))
	f.Fuzz(func(t *testing.T, in []byte) {
		var out, errs bytes.Buffer
		status := run(t.Context(), []string{"explain"}, cli.Streams{In: bytes.NewReader(in), Out: &out, Err: &errs})
		lines := 0
		for line := range bytes.Lines(bytes.TrimPrefix(in, []byte(byteOrderMark))) {
			if len(bytes.TrimSpace(line)) > 0 {
				lines++
			}
		}
		answered, refused := bytes.Count(out.Bytes(), []byte("\n")), bytes.Count(errs.Bytes(), []byte("\n"))
		if answered+refused != lines || (status == cli.Done) != (refused == 0) {
			t.Errorf("%d lines: %d verdicts, %d errors, status %d; stderr %q", lines, answered, refused, status, errs.String())
		}
	})
}

// BenchmarkExplain reports how many lines the command handles in a second.
func BenchmarkExplain(b *testing.B) {
	exchanges, err := os.ReadFile(filepath.FromSlash("../../lab/cors/testdata/recorded.jsonl"))
	if err != nil {
		b.Fatal(err)
	}
	var out bytes.Buffer
	for b.Loop() {
		out.Reset()
		if status := run(b.Context(), []string{"explain"}, cli.Streams{In: bytes.NewReader(exchanges), Out: &out, Err: &out}); status != cli.Done {
			b.Fatalf("run() = %d, want %d", status, cli.Done)
		}
	}
	lines := float64(bytes.Count(exchanges, []byte("\n")))
	b.ReportMetric(lines*float64(b.N)/b.Elapsed().Seconds(), "lines/s")
}
