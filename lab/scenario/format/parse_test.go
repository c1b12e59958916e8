package format_test

import (
	"errors"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"corslab/lab/scenario"
	"corslab/lab/scenario/format"
	"corslab/lab/scenario/scenariotest"

	"github.com/google/go-cmp/cmp"
)

var update = flag.Bool("update", false, "rewrite testdata/bad/*.want and testdata/written/*")

func TestParse_bad(t *testing.T) {
	for _, path := range scenariotest.Glob(t, "testdata/bad/*.yaml") {
		name := filepath.Base(path)
		t.Run(strings.TrimSuffix(name, ".yaml"), func(t *testing.T) {
			s, err := format.Parse(name, scenariotest.Read(t, path))
			if s != nil || err == nil {
				t.Fatalf("Parse() = %v, %v, want nil and problems", s, err)
			}
			got := err.Error() + "\n"
			wanted := strings.TrimSuffix(path, ".yaml") + ".want"
			if *update {
				if err := os.WriteFile(wanted, []byte(got), 0o644); err != nil {
					t.Fatal(err)
				}
			}
			if diff := cmp.Diff(string(scenariotest.Read(t, wanted)), got); diff != "" {
				t.Errorf("Parse() gives different problems than %s (-want +got):\n%s", wanted, diff)
			}
		})
	}
	for _, wanted := range scenariotest.Glob(t, "testdata/bad/*.want") {
		if _, err := os.Stat(strings.TrimSuffix(wanted, ".want") + ".yaml"); err != nil {
			t.Errorf("%s has no scenario file next to it: %v", wanted, err)
		}
	}
}

func TestParse_ok(t *testing.T) {
	for file, want := range map[string]*scenario.Scenario{
		"10-every-key.yaml":     scenariotest.EveryKey(),
		"2-null-origin.yaml":    scenariotest.NullOrigin(),
		"minimal.yaml":          scenariotest.Minimal(),
		"json-body.yml":         scenariotest.JSONBody(),
		"places-and-parts.yaml": scenariotest.RoutesAndParts(),
	} {
		t.Run(file, func(t *testing.T) {
			got, err := format.Parse(file, scenariotest.Read(t, filepath.Join("testdata/ok", file)))
			if err != nil {
				t.Fatalf("Parse() gives problems:\n%v", err)
			}
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("Parse() gives a different scenario (-want +got):\n%s", diff)
			}
		})
	}
	if got, want := len(scenariotest.Glob(t, "testdata/ok/*")), 5; got != want {
		t.Errorf("found %d files in testdata/ok, want %d, each of which is compared above", got, want)
	}
}

func TestParse_id(t *testing.T) {
	src := scenariotest.Read(t, "testdata/ok/minimal.yaml")
	for file, want := range map[string]string{
		"no-allow-origin.yaml":     "no-allow-origin",
		"101-no-allow-origin.yaml": "no-allow-origin",
		"10-2-steps.yml":           "2-steps",
		"7.yaml":                   "7",
		"folder/10-a.yaml":         "a",
		`C:\lab\10-a.yaml`:         "a",
		"10a-b.yaml":               "10a-b",
	} {
		t.Run(file, func(t *testing.T) {
			s, err := format.Parse(file, src)
			if err != nil {
				t.Fatal(err)
			}
			if s.ID != want || s.File != file {
				t.Errorf("Parse().ID, File = %q, %q, want %q, %q", s.ID, s.File, want, file)
			}
		})
	}
	for _, file := range []string{"10-.yaml", "a--b.yaml", "-a.yaml", "a.b.yaml", "Übung.yaml", "a b.yaml", ".yaml"} {
		t.Run(file, func(t *testing.T) {
			_, err := format.Parse(file, src)
			if want := file + ": the file's name gives the id "; err == nil || !strings.HasPrefix(err.Error(), want) {
				t.Errorf("Parse() = %v, want %s…", err, want)
			}
		})
	}
}

func TestParse_ending(t *testing.T) {
	src := scenariotest.Read(t, "testdata/ok/minimal.yaml")
	for file, want := range map[string]string{
		"10-a.YAML": `10-a.YAML: the file's name ends in ".YAML"; want ".yaml", in small letters`,
		"10-a.Yml":  `10-a.Yml: the file's name ends in ".Yml"; want ".yml", in small letters`,
	} {
		if _, err := format.Parse(file, src); err == nil || err.Error() != want {
			t.Errorf("Parse() = %v, want %s", err, want)
		}
	}
}

func TestParse_size(t *testing.T) {
	src := string(scenariotest.Read(t, "testdata/ok/minimal.yaml"))
	fill := "#" + strings.Repeat("x", format.MaxFile-len(src)-1)
	if _, err := format.Parse("a.yaml", []byte(src+fill)); err != nil {
		t.Errorf("Parse() of the largest file = %v, want no error", err)
	}
	_, err := format.Parse("a.yaml", []byte(src+fill+"x"))
	if want := "a.yaml: the file is larger than 262144 bytes, the most that is read"; err == nil || err.Error() != want {
		t.Errorf("Parse() = %v, want %s", err, want)
	}
}

func FuzzParse(f *testing.F) {
	for _, path := range append(scenariotest.Glob(f, "testdata/ok/*"), scenariotest.Glob(f, "testdata/bad/*.yaml")...) {
		f.Add(scenariotest.Read(f, path))
	}
	f.Fuzz(func(t *testing.T, src []byte) {
		s, err := format.Parse("a.yaml", src)
		if (s == nil) == (err == nil) {
			t.Fatalf("Parse() = %v, %v, want either a scenario or an error", s, err)
		}
		if err == nil {
			return
		}
		var problems format.Problems
		if !errors.As(err, &problems) || len(problems) == 0 {
			t.Fatalf("Parse() = %T %v, want problems", err, err)
		}
		for _, p := range problems {
			if p.File != "a.yaml" || p.Message == "" || strings.ContainsAny(p.Message, "\r\n") || len(src) <= format.MaxFile && (p.Line < 1 || p.Column < 1) {
				t.Errorf("problem %#v, want a file, a position and a one-line message", p)
			}
		}
	})
}
