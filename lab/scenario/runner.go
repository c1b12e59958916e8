package scenario

import (
	"slices"

	"corslab/lab/endpoint"
	"corslab/lab/origin"
)

// Runner is a document that runs scripts of a scenario, on the origin of their caller.
type Runner struct {
	Caller Caller
	Loads  bool // it may load scripts from the API; other runners may not
}

// Runner returns the document in which the script runs.
func (s Script) Runner() Runner { return Runner{s.From, s.Kind.Runs()} }

// Name identifies the runner on a page.
func (r Runner) Name() string {
	if r.Loads {
		return string(r.Caller) + "-script"
	}
	return string(r.Caller)
}

// URL is the URL of the document.
func (r Runner) URL(o origin.Set) string {
	if r.Loads {
		return r.Caller.Runner(o) + "/script"
	}
	return r.Caller.Runner(o)
}

// Runners lists the documents that run the scenario's scripts. The first one runs the
// learner's own script.
func (s *Scenario) Runners() []Runner {
	var runners []Runner
	for _, script := range s.scripts() {
		if runner := script.Runner(); !slices.Contains(runners, runner) {
			runners = append(runners, runner)
		}
	}
	return runners
}

// NeedsWindow reports whether the document runs scripts in a window.
func (s *Scenario) NeedsWindow(r Runner) bool {
	return slices.ContainsFunc(s.scripts(), func(script Script) bool { return script.Runner() == r && script.In == InWindow })
}

// scripts lists the learner's own script and those of others.
func (s *Scenario) scripts() []Script {
	scripts := []Script{s.Script}
	for _, sender := range s.Others {
		scripts = append(scripts, sender.Script)
	}
	return scripts
}

// OutOfReach names an origin that a script of a run needs and that may lead to another
// program on the learner's own machine. It is "" if there is none. A proxy on the
// caller's own origin calls the API itself, so the browser needs no other origin.
func (s *Scenario) OutOfReach(main Script, o origin.Set) string {
	for _, sender := range s.Senders(main) {
		for _, name := range sender.Script.origins() {
			if !o.Reaches(name) {
				return name
			}
		}
	}
	return ""
}

// origins lists the origins that the browser uses for the script: the caller's, and the
// one that the script sends to.
func (s Script) origins() []string {
	switch s.Via {
	case endpoint.SameOrigin:
		return []string{string(s.From)}
	case endpoint.CORS:
		return []string{string(s.From), "api2"}
	}
	return []string{string(s.From), addressOf(s.URL).API}
}
