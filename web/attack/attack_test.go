// Package attack_test plays the attacks of testdata/attacks.yaml against a lab: over
// HTTP, and in real browsers if the target is a browser. The table documents the
// attacks, and .github/SECURITY.md sums up what the lab promises.
package attack_test

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"go.yaml.in/yaml/v4"
)

// attack is a row of the table. Exactly one of Header, Link, Request, Socket, Send and
// Test is set. It says how the attack is played.
type attack struct {
	Kind   string // A1 to A9, or L1 to L12 for the lessons of other local servers
	By     string // who attacks
	Attack string // what they do, and why

	// Header is a header line of the policy, set by hand, by a link and by a file.
	Header string
	Rule   string   // how its value is computed, if it is
	Sent   []string // the lines of that name that the API then sends; none if the header is refused
	Says   string   // the text of the refusal

	// Link is the fragment of a scenario page's address. Says is the text of the
	// refusal.
	Link string

	// Request is a method and a path, sent as written.
	Request string
	To      string   // the origin; {page} by default
	Lines   []string // header lines, of Request and of Socket
	Body    string
	Status  []int    // the accepted statuses
	Lacks   []string // names of headers that the response must not have
	Holds   []string // header lines that it must have

	// Socket is the path of a WebSocket, which must be refused with Status.
	Socket string

	// Send is a request that a link makes the learner send: a kind, a method, a mode, a
	// credentials mode and a body, all but the first optional.
	Send    string
	Post    string   // a message that is posted before
	Times   int      // how often Send is pressed; once by default
	Respond int      // the status that the link sets
	Headers []string // the header lines that it sets; a{1..40} stands for forty of them
	Then    string   // what must be true afterward: one of consequences

	// Test is the package and the name of another test that plays the attack.
	Test string
}

// plays lists the ways in which the attack is played.
func (a attack) plays() (ways []string) {
	for way, set := range map[string]bool{
		"header": a.Header != "", "link": a.Link != "", "request": a.Request != "",
		"socket": a.Socket != "", "send": a.Send != "", "test": a.Test != "",
	} {
		if set {
			ways = append(ways, way)
		}
	}
	return ways
}

// attacks reads the table.
func attacks(t *testing.T) []attack {
	t.Helper()
	src, err := os.ReadFile("testdata/attacks.yaml")
	if err != nil {
		t.Fatal(err)
	}
	var all []attack
	decoder := yaml.NewDecoder(bytes.NewReader(src))
	decoder.KnownFields(true)
	if err := decoder.Decode(&all); err != nil {
		t.Fatal(err)
	}
	return all
}

// TestTable checks the table itself: each row is played in exactly one way, each kind
// has rows, and no two rows are the same.
func TestTable(t *testing.T) {
	all := attacks(t)
	inBrowsers := slices.DeleteFunc(slices.Clone(all), func(a attack) bool { return a.Send == "" })
	if len(all) < 150 || len(inBrowsers) < 30 {
		t.Errorf("the table has %d rows, %d of them for browsers; want at least 150 and 30", len(all), len(inBrowsers))
	}
	seen := make(map[string]bool)
	for i, a := range all {
		name := fmt.Sprintf("row %d, %s %q", i+1, a.Kind, a.Attack)
		if ways := a.plays(); len(ways) != 1 {
			t.Errorf("%s is played in the ways %v, want one", name, ways)
		}
		if a.By == "" || a.Attack == "" || seen[a.Kind+a.Attack] {
			t.Errorf("%s: want who attacks and how, once", name)
		}
		seen[a.Kind+a.Attack] = true
	}
	for _, a := range all {
		if a.Test != "" && !exists(t, a.Test) {
			t.Errorf("there is no test %s", a.Test)
		}
	}
	for _, kind := range kinds() {
		if !slices.ContainsFunc(all, func(a attack) bool { return a.Kind == kind }) {
			t.Errorf("no row is of kind %s", kind)
		}
	}
}

// exists looks for a test in the sources of its package.
func exists(t *testing.T, test string) bool {
	t.Helper()
	folder, name, _ := strings.Cut(test, " ")
	files, err := filepath.Glob(filepath.Join("..", "..", folder, "*_test.go"))
	if err != nil {
		t.Fatal(err)
	}
	return slices.ContainsFunc(files, func(file string) bool {
		src, err := os.ReadFile(file)
		return err == nil && bytes.Contains(src, []byte("\nfunc "+name+"(t *testing.T) {"))
	})
}

// kinds lists the kinds that the table must have.
func kinds() (all []string) {
	for i := range 9 {
		all = append(all, fmt.Sprintf("A%d", i+1))
	}
	for i := range 12 {
		all = append(all, fmt.Sprintf("L%d", i+1))
	}
	return all
}

// each runs a function for every row that is played in one way.
func each(t *testing.T, way string, play func(t *testing.T, a attack)) {
	t.Helper()
	played := 0
	for _, a := range attacks(t) {
		if slices.Contains(a.plays(), way) {
			t.Run(a.Kind+" "+strings.ReplaceAll(a.Attack, "/", "|"), func(t *testing.T) { play(t, a) })
			played++
		}
	}
	if played == 0 {
		t.Errorf("no row is played as %s", way)
	}
}
