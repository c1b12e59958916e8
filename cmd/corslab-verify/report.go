package main

import (
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"

	"corslab/cmd/internal/cli"
	"corslab/lab/cors"
	"corslab/lab/scenario"
	"corslab/web/browsers/play"
)

// report is what --json prints.
type report struct {
	OK          bool       `json:"ok"`
	Interrupted bool       `json:"interrupted"`
	Missing     []string   `json:"missing"` // missing browsers, and how to install them
	Seconds     float64    `json:"seconds"`
	Scenarios   []verified `json:"scenarios"`
}

// verified is a scenario with its result in each browser.
type verified struct {
	ID       string   `json:"id"`
	File     string   `json:"file"`
	Browsers []played `json:"browsers"`
}

// played is the result of a scenario in one browser.
type played struct {
	Browser  cors.Engine    `json:"browser"`
	OK       bool           `json:"ok"`
	Sends    int            `json:"sends"` // presses of Send
	Seconds  float64        `json:"seconds"`
	Problems []play.Problem `json:"problems"`
}

// newReport sorts the results by scenario, then by browser.
func newReport(scenarios []*scenario.Scenario, results []play.Result, took time.Duration) report {
	made := report{OK: true, Missing: []string{}, Seconds: seconds(took), Scenarios: []verified{}}
	for _, s := range scenarios {
		one := verified{ID: s.ID, File: s.File, Browsers: []played{}}
		for _, engine := range play.Engines() {
			at := slices.IndexFunc(results, func(r play.Result) bool { return r.Scenario.ID == s.ID && r.Engine == engine })
			if at < 0 {
				continue
			}
			r := results[at]
			ok := len(r.Problems) == 0
			one.Browsers = append(one.Browsers, played{engine, ok, r.Sends, seconds(r.Took), append([]play.Problem{}, r.Problems...)})
			made.OK = made.OK && ok
		}
		made.Scenarios = append(made.Scenarios, one)
	}
	return made
}

func seconds(d time.Duration) float64 { return d.Round(time.Millisecond).Seconds() }

// publish prints the report, and writes the file for CI.
func (c *verifyCommand) publish(std cli.Streams, r report) error {
	var err error
	if c.JSON {
		err = cli.WriteJSON(std.Out, r)
	} else {
		err = r.print(std.Out)
	}
	if c.JUnit != "" {
		err = errors.Join(err, r.writeJUnit(c.JUnit))
	}
	if err == nil && !r.OK {
		return cli.ErrSaid
	}
	return err
}

// print writes the report for people.
func (r report) print(out io.Writer) error {
	var text strings.Builder
	for _, s := range r.Scenarios {
		s.print(&text)
	}
	text.WriteString(r.sum())
	_, err := io.WriteString(out, text.String())
	return err
}

// print writes a line about a scenario, and one for each problem.
func (s verified) print(text *strings.Builder) {
	words := []string{"ok  "}
	for _, b := range s.Browsers {
		word := string(b.Browser)
		if !b.OK {
			word, words[0] = word+": "+count(len(b.Problems), "problem"), "FAIL"
		}
		words = append(words, word)
	}
	fmt.Fprintf(text, "%s %s  %s\n", words[0], s.File, strings.Join(words[1:], "  "))
	for _, b := range s.Browsers {
		for _, problem := range b.Problems {
			fmt.Fprintf(text, "     %s in %s: %s\n", problem.Where, b.Browser, problem.Difference())
		}
	}
}

// sum is the last line, with the totals.
func (r report) sum() string {
	plays, bad := 0, 0
	for _, s := range r.Scenarios {
		for _, b := range s.Browsers {
			plays++
			if !b.OK {
				bad++
			}
		}
	}
	result := "all as the files say"
	if bad > 0 {
		result = fmt.Sprintf("%d otherwise than the files say", bad)
	}
	if r.Interrupted {
		result = "interrupted; so far " + result
	}
	return fmt.Sprintf("%s, played %s in %.1f s: %s\n", count(len(r.Scenarios), "scenario"), count(plays, "time"), r.Seconds, result)
}

func count(n int, what string) string {
	if n == 1 {
		return "1 " + what
	}
	return fmt.Sprintf("%d %ss", n, what)
}
