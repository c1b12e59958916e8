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
	OK          bool       `json:"ok"`          // all was played, and nothing is otherwise than the files say
	Interrupted bool       `json:"interrupted"` // not all was played
	Missing     []string   `json:"missing"`     // missing browsers, and how to install them
	Seconds     float64    `json:"seconds"`
	Scenarios   []verified `json:"scenarios"`
}

// verified is a scenario with its result in each browser.
type verified struct {
	ID       string   `json:"id"`
	File     string   `json:"file"`
	Browsers []played `json:"browsers"`

	unplayed []cors.Engine // in which the scenario was not played to its end
}

// played is the result of a scenario in one browser.
type played struct {
	Browser  cors.Engine    `json:"browser"`
	OK       bool           `json:"ok"`
	Sends    int            `json:"sends"` // presses of Send
	Seconds  float64        `json:"seconds"`
	Problems []play.Problem `json:"problems"`
}

// newReport sorts the results by scenario, then by browser. Each browser should have
// played all scenarios.
func newReport(scenarios []*scenario.Scenario, browsers []*play.Browser, results []play.Result, took time.Duration) report {
	made := report{Missing: []string{}, Seconds: seconds(took), Scenarios: []verified{}}
	for _, s := range scenarios {
		one := verified{ID: s.ID, File: s.File, Browsers: []played{}}
		for _, engine := range play.Engines() {
			if !slices.ContainsFunc(browsers, func(b *play.Browser) bool { return b.Engine == engine }) {
				continue
			}
			at := slices.IndexFunc(results, func(r play.Result) bool { return r.Scenario.ID == s.ID && r.Engine == engine })
			if at < 0 {
				one.unplayed = append(one.unplayed, engine)
				continue
			}
			r := results[at]
			one.Browsers = append(one.Browsers, played{engine, len(r.Problems) == 0, r.Sends, seconds(r.Took), append([]play.Problem{}, r.Problems...)})
		}
		made.Scenarios = append(made.Scenarios, one)
	}
	_, bad, unplayed := made.counted()
	made.Interrupted = unplayed > 0
	made.OK = bad == 0 && unplayed == 0
	return made
}

// counted counts how often the scenarios were played, how often with problems, and how
// often they were not.
func (r report) counted() (plays, bad, unplayed int) {
	for _, s := range r.Scenarios {
		plays, unplayed = plays+len(s.Browsers), unplayed+len(s.unplayed)
		for _, b := range s.Browsers {
			if !b.OK {
				bad++
			}
		}
	}
	return plays, bad, unplayed
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
	switch {
	case r.Interrupted:
		return errors.Join(errors.New("interrupted"), err)
	case err == nil && !r.OK:
		return cli.ErrPrinted
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
	for _, engine := range s.unplayed {
		if words[0] == "ok  " {
			words[0] = "----"
		}
		words = append(words, string(engine)+": not played")
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
	plays, bad, _ := r.counted()
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
