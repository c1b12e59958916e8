package scenarios_test

import (
	"errors"
	"fmt"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"corslab/lab/cors"
	"corslab/lab/dryrun"
	"corslab/lab/library"
	"corslab/lab/origin"
	"corslab/lab/policy"
	"corslab/lab/scenario"
	"corslab/lab/scenario/format"
	"corslab/scenarios"

	"github.com/google/go-cmp/cmp"
)

// TestFiles checks that every file covers a row of the lists of cases. Files must cover
// every S row and the most frequent P rows.
func TestFiles(t *testing.T) {
	covered := make(map[string]bool)
	for _, s := range shipped(t) {
		if len(s.Covers) == 0 {
			t.Errorf("%s covers nothing, want a row of the lists of cases", s.File)
		}
		for _, row := range s.Covers {
			covered[row] = true
		}
	}
	for _, row := range slices.Concat(rows("S", 1, 43), rows("P", 81, 84), rows("P", 108, 112), rows("P", 128, 133), pitfalls) {
		if !covered[row] {
			t.Errorf("no file covers %s", row)
		}
	}
}

// rows lists the rows from one number to another, such as S01, S02 and S03.
func rows(list string, from, to int) []string {
	var names []string
	for n := from; n <= to; n++ {
		names = append(names, fmt.Sprintf("%s%02d", list, n))
	}
	return names
}

var pitfalls = strings.Fields(`P19 P22 P23 P27 P28 P31 P42 P57 P69 P71 P78 P89 P93 P94 P97 P101 P106 P107 P116 P117 P119 P122 P125
	P135 P137 P142 P144 P146`)

// TestFiles_order checks that each scenario comes after those that it needs.
func TestFiles_order(t *testing.T) {
	passed := make(map[string]bool)
	for _, s := range shipped(t) {
		passed[s.ID] = true
		for _, needed := range s.Needs {
			if !passed[needed] {
				t.Errorf("%s needs %s, which comes after it", s.File, needed)
			}
		}
	}
}

// TestFiles_errors checks that files declare every name that Chromium and Firefox have for
// a CORS failure, if a page of the lab can cause that failure. The list leaves out:
//
//   - failures that need another browser setting, an extension, a prompt, or the option of
//     fetch() for address spaces: CORSDisabled, CORSOriginHeaderNotAdded,
//     InsecureLocalNetwork, InvalidLocalNetworkAccess and
//     LocalNetworkAccessPermissionDenied
//   - names that Chromium defines but never reports: InvalidResponse,
//     PreflightMissingAllowExternal and PreflightInvalidAllowExternal
//   - failures that Chromium reports without their names if a script causes them:
//     DisallowedByMode (scenario same-origin-mode) and NoCorsRedirectModeNotFollow
//     (scenario no-cors-redirect)
//   - Firefox's CORSAllowHeaderFromPreflightDeprecation, which is only a warning; the
//     scenario authorization-wildcard causes it, and its response is readable
func TestFiles_errors(t *testing.T) {
	declared := make(map[string]bool)
	for _, s := range shipped(t) {
		for _, name := range s.Expect.Errors {
			declared[name] = true
		}
	}
	for _, name := range errorNames {
		if !declared[name] {
			t.Errorf("no file declares %s", name)
		}
	}
}

var errorNames = strings.Fields(`
	WildcardOriginNotAllowed MissingAllowOriginHeader MultipleAllowOriginValues InvalidAllowOriginValue AllowOriginMismatch
	InvalidAllowCredentials CorsDisabledScheme PreflightInvalidStatus PreflightDisallowedRedirect PreflightWildcardOriginNotAllowed
	PreflightMissingAllowOriginHeader PreflightMultipleAllowOriginValues PreflightInvalidAllowOriginValue
	PreflightAllowOriginMismatch PreflightInvalidAllowCredentials InvalidAllowMethodsPreflightResponse
	InvalidAllowHeadersPreflightResponse MethodDisallowedByPreflightResponse HeaderDisallowedByPreflightResponse
	RedirectContainsCredentials
	CORSDidNotSucceed2 CORSExternalRedirectNotAllowed CORSRequestNotHttp CORSMissingAllowOrigin2 CORSMultipleAllowOriginNotAllowed
	CORSAllowOriginNotMatchingOrigin CORSNotSupportingCredentials CORSMissingAllowCredentials CORSPreflightDidNotSucceed3
	CORSInvalidAllowMethod CORSMethodNotFound CORSInvalidAllowHeader CORSMissingAllowHeaderFromPreflight2`)

func TestFiles_complete(t *testing.T) {
	for _, s := range shipped(t) {
		t.Run(s.ID, func(t *testing.T) {
			if got, want := len(s.Hints), 3; got != want {
				t.Errorf("%d hints, want %d", got, want)
			}
			if len(s.Goal) == 0 {
				t.Error("no goal, want one")
			}
			if len(s.Solutions) == 0 {
				t.Error("no solution, want one")
			}
			if len(s.Wrong) == 0 {
				t.Error("no wrong answer, want one")
			}
			if s.Expect.Sent == nil {
				t.Error("no expect.sent, want the requests that are sent")
			}
			// Learners would see a misspelled placeholder as it is.
			for _, text := range append([]string{s.Title, s.Story}, s.Hints...) {
				if left := placeholder.FindString(origins(t).Expand(text)); left != "" {
					t.Errorf("%q has %s, want the name of an origin", text, left)
				}
			}
		})
	}
}

var placeholder = regexp.MustCompile(`\{[a-z0-9]+\}`)

// TestFiles_changes checks that every solution and wrong answer changes something, and
// only what the learner can change. Otherwise the first Send would solve the scenario, or
// nobody could enter the solution.
func TestFiles_changes(t *testing.T) {
	for _, s := range shipped(t) {
		start := sent(s.Start(origins(t)))
		for what, changes := range map[string][]scenario.Change{"solution": s.Solutions, "wrong answer": s.Wrong} {
			for i, change := range changes {
				t.Run(fmt.Sprintf("%s %s %d", s.ID, what, i), func(t *testing.T) {
					attempt := s.With(change, origins(t))
					if cmp.Equal(start, sent(attempt)) {
						t.Error("With() gives the scenario's start, want something else")
					}
					if _, faults := s.Take(attempt, origins(t)); len(faults) > 0 {
						t.Errorf("Take() faults = %v, want a learner to be able to hand it over", faults)
					}
				})
			}
		}
	}
}

// TestREADME checks that each whole file in README.md is a valid scenario.
func TestREADME(t *testing.T) {
	whole := examples(t, readme(t))
	// README.md also shows rows without a file. They belong to a reply.
	for _, rows := range regexp.MustCompile("(?s)```yaml\n(headers:\n.*?)```").FindAllStringSubmatch(readme(t), -1) {
		response := "policy:\n  response:\n    " + strings.ReplaceAll(rows[1], "\n", "\n    ")
		whole = append(whole, strings.Replace(whole[0], "policy: {}", response, 1))
	}
	if got, want := len(whole), 11; got != want {
		t.Errorf("%d files and rows, want %d", got, want)
	}
	if got, want := strings.Count(whole[0], "\n"), 10; got != want {
		t.Errorf("the first file has %d lines, want %d, as its heading says", got, want)
	}
	for i, example := range whole {
		t.Run(fmt.Sprintf("file %d", i+1), func(t *testing.T) {
			s, err := format.Parse(fmt.Sprintf("readme-%d.yaml", i+1), []byte(example))
			if err != nil {
				t.Fatalf("Parse() gives problems:\n%v", err)
			}
			for _, change := range slices.Concat(s.Solutions, s.Wrong) {
				if _, faults := s.Take(s.With(change, origins(t)), origins(t)); len(faults) > 0 {
					t.Errorf("Take() faults = %v, want a learner to be able to hand it over", faults)
				}
			}
		})
	}
}

// TestREADME_tracks checks that README.md's map of tracks is valid.
func TestREADME_tracks(t *testing.T) {
	for _, block := range regexp.MustCompile("(?s)```yaml\n(.*?)```").FindAllStringSubmatch(readme(t), -1) {
		if !strings.Contains(block[1], "tracks:\n") {
			continue
		}
		if tracks, err := format.ParseTracks("tracks.yaml", []byte(block[1])); err != nil || len(tracks) != 2 {
			t.Errorf("ParseTracks() = %v, %v, want the two tracks of the example", tracks, err)
		}
		return
	}
	t.Error("README.md shows no map of tracks")
}

// TestREADME_project checks that the file in the project's README is valid.
func TestREADME_project(t *testing.T) {
	text, err := os.ReadFile("../README.md")
	if err != nil {
		t.Fatal(err)
	}
	_, after, found := strings.Cut(string(text), "```yaml\n")
	example, _, closed := strings.Cut(after, "```")
	if !found || !closed {
		t.Fatal("README.md shows no file")
	}
	if _, err := format.Parse("hello.yaml", []byte(example)); err != nil {
		t.Errorf("Parse() gives problems:\n%v", err)
	}
}

// TestREADME_message checks that README.md shows the messages that mistakes in its first
// file give.
func TestREADME_message(t *testing.T) {
	text := readme(t)
	shown := regexp.MustCompile(`(?m)^    (course/.*yaml:\d.*)$`).FindAllStringSubmatch(text, -1)
	if len(shown) != 2 {
		t.Fatalf("README.md shows %d messages, want 2", len(shown))
	}
	const file = "course/10-my-first.yaml"
	misspelled := strings.Replace(examples(t, text)[0], "allow-origin-missing", "allow-orign-missing", 1)
	_, err := format.Parse(file, []byte(misspelled))
	var problems format.Problems
	if !errors.As(err, &problems) || problems.Error() != shown[0][1] {
		t.Fatalf("Parse() error = %v, want what README.md shows: %s", err, shown[0][1])
	}
	_, beneath, _ := strings.Cut(problems[0].Quoted(), "\n")
	if beneath = strings.ReplaceAll("\n"+beneath, "\n", "\n    "); !strings.Contains(text, beneath+"\n") {
		t.Errorf("README.md doesn't show the line%s", beneath)
	}
	wrong := strings.Replace(misspelled, "allow-orign-missing", "allow-origin-mismatch", 1)
	s, err := format.Parse(file, []byte(wrong))
	if err != nil {
		t.Fatal(err)
	}
	remarks := dryrun.Check(s, origins(t))
	if len(remarks) != 1 || format.NewLocator(file, []byte(wrong)).Problem(remarks[0].Path, remarks[0].Message).String() != shown[1][1] {
		t.Errorf("Check() = %v, want what README.md shows: %s", remarks, shown[1][1])
	}
}

// TestREADME_words checks that README.md has every word that a file can use.
func TestREADME_words(t *testing.T) {
	text := readme(t)
	all := map[string][]string{
		"outcome":   plainWords(cors.Outcomes()),
		"cause":     plainWords(cors.Causes()),
		"stage":     plainWords(cors.Stages()),
		"role":      {"before", "also", "attack"},
		"change":    plainWords(scenario.Changeables()),
		"same_site": plainWords(policy.SameSites()),
		"cache":     plainWords(policy.Caches()),
	}
	for _, setting := range scenario.Settings() {
		all[string(setting.Name)] = setting.Words(scenario.KindFetch)
	}
	for what, words := range all {
		for _, word := range words {
			if !strings.Contains(text, "`"+word+"`") {
				t.Errorf("README.md lacks the %s %q", what, word)
			}
		}
	}
	for _, rule := range policy.Rules()[1:] {
		if !strings.Contains(text, "| `{"+string(rule)+": ") {
			t.Errorf("README.md lacks the rule %q", rule)
		}
	}
	for _, name := range origin.Placeholders() {
		row := "`{" + name + "}`"
		if !strings.Contains(text, row) || !strings.Contains(text, "`"+origins(t).Of(name)+"`") {
			t.Errorf("README.md lacks %s with its default %s", row, origins(t).Of(name))
		}
	}
}

func plainWords[T ~string](typed []T) []string {
	words := make([]string, len(typed))
	for i, word := range typed {
		words[i] = string(word)
	}
	return words
}

func readme(t testing.TB) string {
	t.Helper()
	text, err := os.ReadFile("README.md")
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// examples returns the whole files in README.md.
func examples(t testing.TB, text string) []string {
	t.Helper()
	var whole []string
	for _, block := range regexp.MustCompile("(?s)```yaml\n(.*?)```").FindAllStringSubmatch(text, -1) {
		if strings.HasPrefix(block[1], "corslab: 1\ntitle:") {
			whole = append(whole, block[1])
		}
	}
	if len(whole) < 2 {
		t.Fatalf("%d whole files in README.md, want the first one and others", len(whole))
	}
	return whole
}

// sent returns the part of an attempt that reaches the network.
func sent(a scenario.Attempt) scenario.Attempt {
	a.Script.Headers = plain(a.Script.Sent())
	a.Policy.Preflight.Headers = plain(a.Policy.Preflight.Sent())
	a.Policy.Response.Headers = plain(a.Policy.Response.Sent())
	for i := range a.Policy.Routes {
		route := &a.Policy.Routes[i]
		route.Preflight.Headers, route.Response.Headers = plain(route.Preflight.Sent()), plain(route.Response.Sent())
	}
	if a.Policy.Front != nil {
		a.Policy.Front = &policy.Front{Headers: plain(policy.On(a.Policy.Front.Headers))}
	}
	return a
}

func plain(headers []policy.Header) []policy.Header {
	for i := range headers {
		headers[i].Own = false
	}
	return headers
}

func shipped(t testing.TB) []*scenario.Scenario {
	t.Helper()
	lib, err := library.Load(library.Source{Name: "scenarios", FS: scenarios.Files})
	if err != nil {
		t.Fatalf("Load() gives problems:\n%v", err)
	}
	return lib.All()
}

func origins(t testing.TB) origin.Set {
	t.Helper()
	o, err := origin.New("localhost:8080", "localhost:8000")
	if err != nil {
		t.Fatal(err)
	}
	return o
}
