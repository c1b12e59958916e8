package view

import (
	"corslab/lab/scenario"
	"corslab/lab/scenario/snippet"

	"github.com/a-h/templ"
)

// AttemptPanels is what the panels of the request and of the policy show.
type AttemptPanels struct {
	Scenario *scenario.Scenario
	Attempt  scenario.Attempt // as it was handed over
	Code     string           // of the script that is in force
	Curl     string           // the same as a command
	Origins  scenario.Origins
	Faults   scenario.Faults // why the attempt is not in force
}

func start(p ScenarioPage) scenario.Attempt { return p.Scenario.Start(p.Origins) }

// scriptAtStart shows the request before the page's session has an address.
func scriptAtStart(p ScenarioPage) AttemptPanels {
	at := start(p)
	url := p.Origins.Expand(at.Script.URL)
	return AttemptPanels{
		Scenario: p.Scenario, Attempt: at, Origins: p.Origins,
		Code: snippet.JavaScript(at.Script, url), Curl: snippet.Curl(at.Script, url, at.Script.From.Origin(p.Origins)),
	}
}

// sandboxed gives a frame the opaque origin that serializes to null.
func sandboxed(caller scenario.Caller) templ.Attributes {
	if caller != scenario.CallerNull {
		return nil
	}
	return templ.Attributes{"sandbox": "allow-scripts allow-forms"}
}
