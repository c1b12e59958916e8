package view

import (
	"corslab/lab/origin"
	"corslab/lab/scenario"
	"corslab/lab/scenario/snippet"

	"github.com/a-h/templ"
)

// AttemptPanels is the content of the request panel and the policy panel.
type AttemptPanels struct {
	Scenario *scenario.Scenario
	Attempt  scenario.Attempt // as the page sent it
	Code     string           // of the script that is in force
	Curl     string           // the same request as a command
	Origins  origin.Set
	Faults   scenario.Faults // why the attempt isn't in force
}

func start(p ScenarioPage) scenario.Attempt { return p.Scenario.Start(p.Origins) }

// scriptAtStart returns the request panel's content before the page has a session, so
// its URLs name none.
func scriptAtStart(p ScenarioPage) AttemptPanels {
	at := start(p)
	url := p.Origins.Expand(at.Script.URL)
	return AttemptPanels{
		Scenario: p.Scenario, Attempt: at, Origins: p.Origins,
		Code: snippet.JavaScript(at.Script, url), Curl: snippet.Curl(at.Script, url, at.Script.From.Origin(p.Origins)),
	}
}

// sandboxed gives a frame an opaque origin, which serializes to null.
func sandboxed(caller scenario.Caller) templ.Attributes {
	if caller != scenario.CallerNull {
		return nil
	}
	return templ.Attributes{"sandbox": "allow-scripts allow-forms"}
}
