package main

import (
	"encoding/xml"
	"fmt"
	"os"
	"slices"
	"strings"

	"corslab/web/browsers/play"
)

// suites are a report in JUnit's format, which CI systems read
// (https://github.com/testmoapp/junitxml).
type suites struct {
	XMLName xml.Name `xml:"testsuites"`
	Name    string   `xml:"name,attr"`
	Time    float64  `xml:"time,attr"`
	Suites  []suite  `xml:"testsuite"`
}

// suite has the results of one browser.
type suite struct {
	Name     string     `xml:"name,attr"`
	Tests    int        `xml:"tests,attr"`
	Failures int        `xml:"failures,attr"`
	Errors   int        `xml:"errors,attr,omitempty"` // cases that were not played
	Cases    []testcase `xml:"testcase"`
}

type testcase struct {
	Name    string   `xml:"name,attr"`
	Class   string   `xml:"classname,attr"`
	File    string   `xml:"file,attr"`
	Time    float64  `xml:"time,attr"`
	Failure *failure `xml:"failure"`
	Error   *failure `xml:"error"`
}

type failure struct {
	Message string `xml:"message,attr"`
	Text    string `xml:",chardata"`
}

// writeJUnit writes the report to a file.
func (r report) writeJUnit(path string) error {
	text, err := xml.MarshalIndent(r.suites(), "", "  ")
	if err != nil {
		return fmt.Errorf("make the JUnit report: %w", err)
	}
	return os.WriteFile(path, append([]byte(xml.Header), append(text, '\n')...), 0o644)
}

func (r report) suites() suites {
	all := suites{Name: "corslab-verify", Time: r.Seconds}
	for _, engine := range play.Engines() {
		one := suite{Name: string(engine)}
		for _, s := range r.Scenarios {
			for _, b := range s.Browsers {
				if b.Browser == engine {
					one.add(s, b)
				}
			}
			if slices.Contains(s.unplayed, engine) {
				one.addUnplayed(s)
			}
		}
		if one.Tests > 0 {
			all.Suites = append(all.Suites, one)
		}
	}
	return all
}

// addUnplayed adds a scenario that was not played. It is an error and not a case that is
// skipped, because CI must not take the verification for one that passed.
func (s *suite) addUnplayed(v verified) {
	s.Tests++
	s.Errors++
	const why = "interrupted: it was not played"
	s.Cases = append(s.Cases, testcase{Name: v.ID, Class: s.Name, File: v.File, Error: &failure{Message: why, Text: why}})
}

func (s *suite) add(v verified, p played) {
	made := testcase{Name: v.ID, Class: s.Name, File: v.File, Time: p.Seconds}
	s.Tests++
	if !p.OK {
		s.Failures++
		lines := make([]string, len(p.Problems))
		for i, problem := range p.Problems {
			lines[i] = problem.String()
		}
		made.Failure = &failure{Message: lines[0], Text: strings.Join(lines, "\n")}
	}
	s.Cases = append(s.Cases, made)
}
