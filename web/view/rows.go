package view

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"corslab/lab/origin"
	"corslab/lab/policy"
	"corslab/lab/scenario"

	"github.com/a-h/templ"
)

// rowGroup is the data for one group of rows.
type rowGroup struct {
	in       scenario.Field // the script, or a group of the policy
	title    string
	reply    policy.Reply // for the script, only the headers
	offers   policy.Reply // what else of the reply a learner can set
	computes bool         // a value can be a rule
	origins  origin.Set
	caller   string // the origin of the script, for presets
	faults   scenario.Faults
}

// replyGroup returns the rows of a reply of the policy.
func replyGroup(p AttemptPanels, group policy.Group) rowGroup {
	return rowGroup{
		in: scenario.InReply(group, ""), title: groupTitle(p.Attempt.Policy, group),
		reply:    p.Attempt.Policy.Reply(group),
		offers:   offers(p, group),
		computes: p.Scenario.Computes(),
		origins:  p.Origins,
		caller:   p.Scenario.Script.From.Origin(p.Origins),
		faults:   p.Faults,
	}
}

// offers returns the options that a learner can set on a reply besides status and
// headers: those that the scenario sets or, in a sandbox, all of them.
func offers(p AttemptPanels, group policy.Group) policy.Reply {
	if p.Scenario.IsSandbox() && group.Kind != policy.InFront {
		return policy.Reply{OnlyOK: true, Close: true, Delay: policy.MaxDelay}
	}
	return p.Scenario.Policy.Reply(group)
}

// name is the group's name in the markup.
func (g rowGroup) name() string { return g.in.String() }

func (g rowGroup) isReply() bool { return g.in.Section == scenario.SectionReply }

func (g rowGroup) hasStatus() bool { return g.isReply() && g.in.Group.Kind != policy.InFront }

func (g rowGroup) fault(i int) string { return g.faults.At(g.in.AtRow(i)) }

func (g rowGroup) statusFault() string {
	return g.faults.At(scenario.InReply(g.in.Group, scenario.InputStatus))
}

func (g rowGroup) delayFault() string {
	return g.faults.At(scenario.InReply(g.in.Group, scenario.InputDelay))
}

// route is the number of the group's route. Scripts use it to find the rows.
func (g rowGroup) route() string { return strconv.Itoa(g.in.Group.Route) }

// kind tells the page's scripts what the rows belong to.
func (g rowGroup) kind() string {
	if g.isReply() {
		return string(g.in.Group.Kind)
	}
	return string(g.in.Section)
}

func groupID(group string) string { return "group-" + group }

func rowID(group string, i int) string { return fmt.Sprintf("row-%s-%d", group, i) }

func rowName(h policy.Header) string { return cmp.Or(h.Name, "the new header") }

func groupTitle(p policy.Policy, group policy.Group) string {
	title := map[policy.GroupKind]string{
		policy.Preflight: "To the preflight (OPTIONS)",
		policy.Response:  "To the request itself",
		policy.InFront:   "Added by the proxy in front, to every answer",
	}[group.Kind]
	return title + atRoute(p, group.Route)
}

// canCompute reports whether a row offers rules. Only the allowed origin is ever
// computed from the request's Origin.
func (g rowGroup) canCompute(h policy.Header) bool {
	return h.Rule != policy.Literal || g.computes && strings.EqualFold(h.Name, "Access-Control-Allow-Origin")
}

// unargued marks a row whose rule ignores the value.
func unargued(h policy.Header) templ.Attributes {
	return templ.Attributes{"data-unargued": !h.Rule.HasArgument()}
}

// ruleWord says how a rule computes a value.
func ruleWord(r policy.Rule) string {
	switch r {
	case policy.Reflect:
		return "echo any origin"
	case policy.Allowlist:
		return "echo if listed"
	case policy.Prefix:
		return "echo if it begins with"
	case policy.Suffix:
		return "echo if it ends with"
	case policy.Contains:
		return "echo if it contains"
	case policy.Regex:
		return "echo if it matches"
	case policy.Null:
		return "echo null"
	}
	return "always this value"
}

// invalid marks an input as invalid and names the element that says why.
func invalid(fault, describedBy string) templ.Attributes {
	if fault == "" {
		return nil
	}
	return templ.Attributes{"aria-invalid": "true", "aria-describedby": describedBy}
}

// ofScript picks the faults of the script, or all the others.
func ofScript(faults scenario.Faults, script bool) scenario.Faults {
	return slices.DeleteFunc(slices.Clone(faults), func(f scenario.Fault) bool {
		return (f.Field.Section == scenario.SectionScript) != script
	})
}

// general joins the faults that don't belong to a row, status or choice.
func general(faults scenario.Faults) string {
	var rest []string
	for _, f := range faults {
		if f.Field.Row == 0 && f.Field.Input == "" || f.Field == (scenario.Field{Section: scenario.SectionScript, Input: scenario.InputHeaders}) {
			rest = append(rest, f.Field.String()+": "+f.Message+".")
		}
	}
	return strings.Join(rest, " ")
}
