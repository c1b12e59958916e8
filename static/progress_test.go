package static_test

import (
	"bufio"
	"encoding/json"
	"io"
	"os/exec"
	"strings"
	"testing"
)

// TestProgress runs the scripts' own tests of a learner's progress.
func TestProgress(t *testing.T) {
	if out, err := exec.Command(node(t), "--test", "test/progress.test.js").CombinedOutput(); err != nil {
		t.Errorf("node --test: %v\n%s", err, out)
	}
}

// FuzzProgress reads arbitrary texts as progress, because a file or the browser's storage
// can contain anything. Reading must never throw. The result must be bounded, must be
// readable again, and must keep the scenarios that the lab knows.
func FuzzProgress(f *testing.F) {
	const time = `{"solved":"2026-01-01T00:00:00.000Z"}`
	many := strings.Builder{}
	for i := range 2000 {
		many.WriteString(`"a` + strings.Repeat("0", i%9) + string(rune('a'+i%26)) + `":` + time + ",")
	}
	for _, text := range []string{
		"", "null", "[]", "{}", `{"corslab":"progress"}`, `{"corslab":"progress","version":2}`, `{"corslab":"progress","version":"2"}`,
		`{"corslab":"progress","version":1,"generation":1e99,"scenarios":{"no-cors":` + time + `}}`,
		`{"corslab":"progress","version":1,"scenarios":{"__proto__":` + time + `,"constructor":` + time + `,"json-body":{"shown":"2026-02-30T00:00:00.000Z"}}}`,
		`{"corslab":"progress","version":1,"scenarios":{` + many.String() + `"no-cors":` + time + `}}`,
		`{"corslab":"progress","version":{"valueOf":1},"scenarios":{}}`, "\xff\u2028",
	} {
		f.Add(text)
	}
	reader := startReader(f)
	f.Fuzz(func(t *testing.T, text string) {
		if problem := reader.read(t, text); problem != "" {
			t.Errorf("%s, for %q", problem, text)
		}
	})
}

// reader is a process of Node.js that reads progress.
type reader struct {
	in  io.Writer
	out *bufio.Reader
}

func startReader(t testing.TB) *reader {
	t.Helper()
	cmd := exec.Command(node(t), "testdata/read-lines.js")
	in, err := cmd.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		in.Close()
		if err := cmd.Wait(); err != nil {
			t.Errorf("node: %v", err)
		}
	})
	return &reader{in, bufio.NewReader(out)}
}

// read reads a text as progress and returns what is wrong with the result.
func (r *reader) read(t *testing.T, text string) (problem string) {
	t.Helper()
	line, err := json.Marshal(text)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := r.in.Write(append(line, '\n')); err != nil {
		t.Fatal(err)
	}
	output, err := r.out.ReadBytes('\n')
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(output, &problem); err != nil {
		t.Fatal(err)
	}
	return problem
}

// node returns the path of Node.js. It skips the test if Node.js isn't installed.
func node(t testing.TB) string {
	t.Helper()
	path, err := exec.LookPath("node")
	if err != nil {
		t.Skip("Node.js isn't installed")
	}
	return path
}
