package page

import (
	"slices"
	"strings"

	"corslab/lab/origin"
)

// A runner on {page} has the origin of the lab's pages, with the session, the progress
// and the control routes, so a script that runs there can do everything that the learner
// can. That leads to two rules. The runner that loads scripts from the API does nothing
// else, and the other runner loads none. And the API never sends what a learner, a link
// or a file supplied in a form that runs (see package inert).

// runnerPolicy lets the runner do what a lesson needs, and lets only the lab's page
// frame it. On every hop, its scripts can make requests only to this lab and to
// addresses where nothing receives them: app: links, so that CORS itself refuses a
// redirect into an app, the .invalid names, and the closed port. This backs up the check
// on Location. Its elements load images, fonts and frames only from the API. No script
// comes from the API, and no Trusted Types policy is allowed.
func runnerPolicy(o origin.Set) string {
	apis := strings.Join(ownOf(o, origin.APINames()), " ")
	nowhere := origin.HTTP("*.invalid", "*") // any name, any port
	return strings.Join(append(sharedPolicy(o),
		"script-src "+ownScripts(o),
		"connect-src "+strings.Join([]string{connectable(o), "app:", nowhere.String(), nowhere.WithScheme("https").String()}, " "),
		"img-src "+apis,
		"font-src "+apis,
		"frame-src "+apis,
		"form-action "+apis,
		"trusted-types 'none'",
	), "; ")
}

// scriptRunnerPolicy lets the runner load scripts and modules from the API, and nothing
// else. The only Trusted Types policy accepts a plain string as the address of a script,
// as in everyday code; markup stays blocked.
func scriptRunnerPolicy(o origin.Set) string {
	return strings.Join(append(sharedPolicy(o),
		"script-src "+ownScripts(o)+" "+strings.Join(ownOf(o, origin.APINames()), " "),
		"form-action 'none'",
		"trusted-types default",
	), "; ")
}

// connectable lists the origins that the runner's scripts can send requests to. A policy
// can't name an IPv6 address, so a lab at such an address relies on the check on
// Location alone.
func connectable(o origin.Set) string {
	list := strings.Join(ownOf(o, o.Own()), " ")
	if strings.Contains(list, "[") {
		return "*"
	}
	return list
}

// ownOf returns those of the named origins that lead to this lab from every learner's
// browser.
func ownOf(o origin.Set, names []string) []string {
	var own []string
	for _, name := range o.Own() {
		if slices.Contains(names, name) {
			own = append(own, o.Of(name))
		}
	}
	return own
}

// ownScripts lists the sources of the lab's own scripts. It names the page, because in a
// sandboxed frame 'self' matches nothing in WebKit.
func ownScripts(o origin.Set) string { return "'self' " + o.Page.String() }

// sharedPolicy applies to every runner. Without worker-src, a worker could come from
// every source of scripts.
func sharedPolicy(o origin.Set) []string {
	return []string{
		"default-src 'none'",
		"worker-src 'none'",
		"base-uri 'none'",
		"require-trusted-types-for 'script'",
		"frame-ancestors " + o.Page.String(),
	}
}

// runnerFiles are the scripts of the runner, in order.
func runnerFiles() []string {
	return []string{"js/runner-report.js", "js/runner-requests.js", "js/runner-elements.js", "js/runner.js"}
}

// scriptRunnerFiles are the scripts of the runner that loads scripts, in order.
func scriptRunnerFiles() []string {
	return []string{"js/runner-report.js", "js/runner-scripts.js", "js/runner.js"}
}

// allRunnerFiles are the scripts of both runners. Every origin of this listener serves them.
func allRunnerFiles() []string {
	all := append(runnerFiles(), scriptRunnerFiles()...)
	slices.Sort(all)
	return slices.Compact(all)
}
