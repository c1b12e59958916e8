package view

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"corslab/lab/scenario"

	"github.com/a-h/templ"
)

// rowGroup is what the rows of one group need to be shown.
type rowGroup struct {
	name    string // "preflight", "response" or "script"
	title   string
	status  int // shown for an answer, not for the script
	headers []scenario.Header
	origins scenario.Origins
	caller  string // the origin of the script, for presets
	faults  scenario.Faults
}

func (g rowGroup) isAnswer() bool { return slices.Contains(scenario.Groups(), g.name) }

func (g rowGroup) fault(i int) string { return g.faults.At(scenario.RowPlace(g.name, i)) }

func (g rowGroup) statusFault() string { return g.faults.At(g.name + ".status") }

func rowID(group string, i int) string { return fmt.Sprintf("row-%s-%d", group, i) }

func rowName(h scenario.Header) string { return cmp.Or(h.Name, "the new header") }

func groupTitle(group string) string {
	if group == "preflight" {
		return "To the preflight (OPTIONS)"
	}
	return "To the request itself"
}

// invalid marks an input and names the element that says why.
func invalid(fault, describedBy string) templ.Attributes {
	if fault == "" {
		return nil
	}
	return templ.Attributes{"aria-invalid": "true", "aria-describedby": describedBy}
}

// ofScript picks the faults of the script, or all others.
func ofScript(faults scenario.Faults, script bool) scenario.Faults {
	return slices.DeleteFunc(slices.Clone(faults), func(f scenario.Fault) bool {
		return strings.HasPrefix(f.Place, "script") != script
	})
}

// general gathers the faults that belong to no row, status or choice.
func general(faults scenario.Faults) string {
	var rest []string
	for _, f := range faults {
		if !strings.ContainsAny(f.Place, ":.") || f.Place == "script.headers" {
			rest = append(rest, f.Place+": "+f.Message+".")
		}
	}
	return strings.Join(rest, " ")
}
