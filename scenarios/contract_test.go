package scenarios_test

import (
	"maps"
	"regexp"
	"slices"
	"strings"
	"testing"

	"corslab/lab/scenario/format"
)

// documented returns the keys in README.md's tables, by path, with what the tables say
// about each.
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

// describe adds the keys of one row.
func describe(known map[string]string, base string, row []string) {
	text := linked.ReplaceAllString(link.ReplaceAllString(row[2], ""), "$1")
	for _, word := range keyWord.FindAllStringSubmatch(row[1], -1) {
		known[strings.TrimPrefix(base+"."+word[1], ".")] = text
	}
}

// section is a part of README.md with its tables, by the heading of their first column.
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

// bases returns the paths that a section describes.
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

// engines matches the keys that are names of engines, and the keys in them. README.md
// describes them in the row of the key that they are in.
var engines = regexp.MustCompile(`^expect\.(errors\.)?(chromium|firefox|webkit)\b`)

// TestREADME_keys checks that README.md has a row for every key that a file can have, and
// no others.
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

// TestREADME_snippets checks that each snippet in README.md is a valid file, or gives one
// if it replaces its part of the first file.
func TestREADME_snippets(t *testing.T) {
	first := examples(t, readme(t))[0]
	for _, block := range regexp.MustCompile("(?s)```yaml\n(.*?)```").FindAllStringSubmatch(readme(t), -1) {
		file := block[1]
		switch key, _, _ := strings.Cut(file, ":"); key {
		case "corslab":
			if strings.Contains(file, "\ntracks:") {
				continue // TestREADME_tracks checks it
			}
		case "script":
			file = regexp.MustCompile(`(?m)^script: .*\n`).ReplaceAllLiteralString(first, file)
		case "headers":
			response := "policy:\n  response:\n    " + strings.ReplaceAll(strings.TrimSpace(file), "\n", "\n    ")
			file = strings.Replace(first, "policy: {}", response, 1)
		case "# yaml-language-server":
			file += first
		default:
			t.Errorf("this test doesn't know which part of a file the snippet is:\n%s", file)
			continue
		}
		if file == first {
			continue
		}
		if _, err := format.Parse("a.yaml", []byte(file)); err != nil {
			t.Errorf("Parse() gives problems:\n%v\nin\n%s", err, file)
		}
	}
}
