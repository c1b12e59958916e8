package cors_test

import (
	"bytes"
	"flag"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"corslab/lab/cors"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/tools/txtar"
)

var updateCases = flag.Bool("update", false, "rewrite the want sections of testdata/cases")

// casesDir has a folder for each cause and for each other outcome.
const casesDir = "testdata/cases"

// TestCases runs the judge on the cases: exchanges in raw HTTP, with the result in the
// standard, and in the engines that differ or report something.
func TestCases(t *testing.T) {
	for _, name := range caseNames(t) {
		t.Run(strings.TrimSuffix(name, ".txtar"), func(t *testing.T) {
			file := filepath.Join(casesDir, name)
			c := readCase(t, name)
			if strings.TrimSpace(c.comment) == "" || len(c.wants) == 0 || c.wants[0].engine != cors.Standard {
				t.Fatal("a case begins with a comment and wants something of the standard")
			}
			checkFolder(t, c, filepath.Dir(name))
			if *updateCases {
				updateCase(t, file, c)
				return
			}
			for _, want := range c.wants {
				if diff := cmp.Diff(want.text, expanded(describe(c.exchange, want.engine))); diff != "" {
					t.Errorf("Judge() in %s (-want +got):\n%s", want.engine, diff)
				}
			}
		})
	}
}

// TestCauses checks that every cause is complete: it is explained, and there is a case
// for each stage at which it can happen.
func TestCauses(t *testing.T) {
	seen := make(map[cors.Cause][]cors.Stage)
	for _, name := range caseNames(t) {
		c := readCase(t, name)
		for _, want := range c.wants {
			if v := cors.Judge(c.exchange, want.engine); v.Outcome == cors.Blocked && !slices.Contains(seen[v.Cause], v.Stage) {
				seen[v.Cause] = append(seen[v.Cause], v.Stage)
			}
		}
	}
	for _, cause := range cors.Causes() {
		if cause.Summary() == "" || cause.Remedy() == "" || !strings.HasPrefix(cause.Link(), cors.Snapshot+"#") {
			t.Errorf("%s: summary %q, remedy %q, link %q", cause, cause.Summary(), cause.Remedy(), cause.Link())
		}
		if entries, err := os.ReadDir(filepath.Join(casesDir, string(cause))); err != nil || len(entries) == 0 {
			t.Errorf("%s: %d cases, %v", cause, len(entries), err)
		}
		for _, stage := range cause.Stages() {
			if !slices.Contains(seen[cause], stage) {
				t.Errorf("%s: no case at stage %s", cause, stage)
			}
		}
		if len(seen[cause]) > len(cause.Stages()) {
			t.Errorf("%s strikes at %v, want %v", cause, seen[cause], cause.Stages())
		}
	}
}

// caseNames lists the files of all cases, relative to their root.
func caseNames(t *testing.T) []string {
	t.Helper()
	names, err := fs.Glob(os.DirFS(casesDir), "*/*.txtar")
	if err != nil || len(names) == 0 {
		t.Fatalf("%s holds %d cases: %v", casesDir, len(names), err)
	}
	return names
}

func readCase(t *testing.T, name string) caseFile {
	t.Helper()
	data, err := os.ReadFile(filepath.Join(casesDir, name))
	if err != nil {
		t.Fatal(err)
	}
	c, err := parseCase(data)
	if err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	return c
}

// checkFolder checks that a case is in the folder for its result, in the standard or in
// an engine that it names.
func checkFolder(t *testing.T, c caseFile, folder string) {
	t.Helper()
	for _, want := range c.wants {
		if folderOf(cors.Judge(c.exchange, want.engine)) == folder {
			return
		}
	}
	t.Errorf("no verdict of this case belongs into folder %s", folder)
}

func folderOf(v cors.Verdict) string {
	switch v.Outcome {
	case cors.Blocked:
		return string(v.Cause)
	case cors.Readable:
		return "allowed"
	}
	return string(v.Outcome)
}

// updateCase rewrites the expectations of a case.
func updateCase(t *testing.T, file string, c caseFile) {
	t.Helper()
	before, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	archive, at := txtar.Parse(before), 0
	for i, section := range archive.Files {
		if strings.HasPrefix(section.Name, "want") {
			archive.Files[i].Data = []byte(describe(c.exchange, c.wants[at].engine))
			at++
		}
	}
	if after := txtar.Format(archive); !bytes.Equal(after, before) {
		if err := os.WriteFile(file, after, 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

// describe writes a verdict as a want section. For an engine, it lists only what
// differs from the standard, and how the engine reports it.
func describe(exchange cors.Exchange, engine cors.Engine) string {
	verdict := cors.Judge(exchange, engine)
	lines := verdictLines(verdict)
	if engine != cors.Standard {
		standard := verdictLines(cors.Judge(exchange, cors.Standard))
		lines = slices.DeleteFunc(lines, func(line [2]string) bool { return slices.Contains(standard, line) })
		lines = append(lines, [2]string{"error", verdict.Error}, [2]string{"about", verdict.FailedParameter}, [2]string{"console", verdict.Console})
	}
	var text strings.Builder
	for _, line := range lines {
		if engine == cors.Standard || line[1] != "" {
			text.WriteString(line[0] + ": " + visible(line[1]) + "\n")
		}
	}
	if text.Len() == 0 {
		return "as the standard\n"
	}
	return text.String()
}

// verdictLines are the lines of a verdict that don't depend on the engine.
func verdictLines(v cors.Verdict) [][2]string {
	lines := [][2]string{{"outcome", outcomeOf(v)}, {"sent", wireOf(v)}}
	if v.Outcome == cors.Readable {
		lines = append(lines, [2]string{"readable headers", orNone(strings.Join(v.ReadableHeaders, ", "))})
	}
	last := v.Steps[len(v.Steps)-1]
	step := strings.TrimSpace(last.Section + " " + last.Step)
	if !last.Passed {
		step += "; found: " + orNone(last.Found) + "; expected: " + last.Expected
	}
	return append(lines, [2]string{"last step", step})
}

// outcomeOf is the outcome with its details: type and status, cause and stage, or the
// missing response.
func outcomeOf(v cors.Verdict) string {
	switch v.Outcome {
	case cors.Blocked:
		return "blocked, " + string(v.Cause) + " at stage " + string(v.Stage)
	case cors.Unknown:
		return "unknown, " + v.Missing + " is missing"
	case cors.Readable:
		return strings.Join(slices.DeleteFunc([]string{"readable", string(v.Type), strconv.Itoa(v.Status)}, isEmpty), " ")
	}
	return string(v.Outcome)
}

// wireOf lists the requests that leave the browser, one a line.
func wireOf(v cors.Verdict) string {
	requests := make([]string, 0, len(v.Wire))
	for _, r := range v.Wire {
		request := r.Method + " " + r.URL
		if r.Origin != "" {
			request += " from " + r.Origin
		}
		if r.Asked != nil {
			request += " asks for " + *r.Asked
			if *r.Headers != "" {
				request += " with " + *r.Headers
			}
		}
		requests = append(requests, request)
	}
	if len(requests) == 0 {
		return "nothing"
	}
	return strings.Join(requests, "\n  ")
}

func isEmpty(s string) bool { return s == "" }

func orNone(text string) string {
	if text == "" {
		return "(none)"
	}
	return text
}
