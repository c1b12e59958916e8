package scenarios_test

import (
	"maps"
	"regexp"
	"slices"
	"strings"
	"testing"

	"corslab/lab/scenario/format"
)

// documented are the places of the keys that the description's tables have,
// with what the tables say of them.
func documented(t testing.TB) map[string]string {
	t.Helper()
	known := make(map[string]string)
	for _, section := range sections(readme(t)) {
		for _, base := range bases(section.title) {
			for _, row := range keyRow.FindAllStringSubmatch(section.tables["key"], -1) {
				describe(known, base, row)
			}
			for _, row := range keyRow.FindAllStringSubmatch(section.tables["key of `script`"], -1) {
				describe(known, base+".script", row)
			}
		}
	}
	return known
}

var (
	keyRow  = regexp.MustCompile(`(?m)^\| ([^|]+) \| ([^|]*) \|.*$`)
	keyWord = regexp.MustCompile("`([a-z_]+)`")
	link    = regexp.MustCompile(`,? ?\[see (below|above)\]\([^)]*\)`)
	linked  = regexp.MustCompile(`\[([^\]]*)\]\([^)]*\)`)
)

// describe notes the keys of one row.
func describe(known map[string]string, base string, row []string) {
	text := linked.ReplaceAllString(link.ReplaceAllString(row[2], ""), "$1")
	for _, word := range keyWord.FindAllStringSubmatch(row[1], -1) {
		known[strings.TrimPrefix(base+"."+word[1], ".")] = text
	}
}

// section is a part of the description with its tables, by their first column's
// heading.
type section struct {
	title  string
	tables map[string]string
}

func sections(text string) (all []section) {
	table := regexp.MustCompile(`(?m)^\| ([^|]+) \| value \| default \|\n\|[-|]+\n((?:\|.*\n)+)`)
	for _, part := range regexp.MustCompile(`(?m)^#+ `).Split(text, -1) {
		title, body, _ := strings.Cut(part, "\n")
		s := section{title, make(map[string]string)}
		for _, found := range table.FindAllStringSubmatch(body, -1) {
			s.tables[found[1]] += found[2]
		}
		all = append(all, s)
	}
	return all
}

// bases are the places that a section is about.
func bases(title string) []string {
	below := func(paths []string, names ...string) (all []string) {
		for _, path := range paths {
			for _, name := range names {
				all = append(all, path+"."+name)
			}
		}
		return all
	}
	policies := []string{"policy", "solutions[0].policy", "wrong[0].policy"}
	routes := below(policies, "routes[0]")
	return map[string][]string{
		"The keys":            {""},
		"script":              {"script", "before[0]", "also[0]", "attack[0]"},
		"policy":              policies,
		"An answer":           below(slices.Concat(policies, routes), "preflight", "response"),
		"routes":              routes,
		"account":             below(policies, "account"),
		"expect":              {"expect"},
		"goal":                {"goal[0]"},
		"solutions and wrong": {"solutions[0]", "wrong[0]"},
	}[title]
}

// engines are keys that stand for a browser each: what is in them is described
// in the row of the key that they belong to.
var engines = regexp.MustCompile(`^expect\.(errors\.)?(chromium|firefox|webkit)\b`)

// The description has every key that a file can have, and no other.
func TestREADME_keys(t *testing.T) {
	known, keys := documented(t), format.Keys()
	for _, path := range keys {
		if _, found := known[path]; !found && !engines.MatchString(path) {
			t.Errorf("README.md has no row for %s", path)
		}
	}
	for path := range maps.Keys(known) {
		if !slices.Contains(keys, path) {
			t.Errorf("README.md has a row for %s, which no file can have", path)
		}
	}
}

// Each snippet of the description is a file, or makes one of the first file
// where it stands in the place of what that has.
func TestREADME_snippets(t *testing.T) {
	first := examples(t, readme(t))[0]
	for _, block := range regexp.MustCompile("(?s)```yaml\n(.*?)```").FindAllStringSubmatch(readme(t), -1) {
		file := block[1]
		switch key, _, _ := strings.Cut(file, ":"); key {
		case "corslab":
			if strings.Contains(file, "\ntracks:") {
				continue // TestREADME_tracks
			}
		case "script":
			file = regexp.MustCompile(`(?m)^script: .*\n`).ReplaceAllLiteralString(first, file)
		case "headers":
			response := "policy:\n  response:\n    " + strings.ReplaceAll(strings.TrimSpace(file), "\n", "\n    ")
			file = strings.Replace(first, "policy: {}", response, 1)
		case "# yaml-language-server":
			file += first
		default:
			t.Errorf("the snippet is no part of a file that this test knows:\n%s", file)
			continue
		}
		if file == first {
			continue
		}
		if _, err := format.Parse("a.yaml", []byte(file)); err != nil {
			t.Errorf("Parse() gives problems:\n%v\nof\n%s", err, file)
		}
	}
}
