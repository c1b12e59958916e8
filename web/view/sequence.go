package view

import (
	"fmt"

	"corslab/lab/cors"
	"corslab/lab/session"

	"github.com/a-h/templ"
)

// Where the lanes of the drawing stand, from the left; sequence.css places the
// labels between them.
const (
	laneScript  = "8%"
	laneBrowser = "36%"
	laneAPI     = "92%"
)

// way is from where to where an arrow goes, and its head.
type way struct{ from, to, head string }

func wayOf(step string) way {
	const right, left = "M-9,-5 L0,0 L-9,5 Z", "M9,-5 L0,0 L9,5 Z"
	switch step {
	case "call":
		return way{laneScript, laneBrowser, right}
	case "request":
		return way{laneBrowser, laneAPI, right}
	case "answer":
		return way{laneAPI, laneBrowser, left}
	}
	return way{laneBrowser, laneScript, left}
}

// pairedStep is a step that goes to the end and belongs to an entry of the log.
func pairedStep(seq uint64, name string) templ.Attributes {
	attributes := lastSteps(fmt.Sprintf("%s-%d", name, seq))
	attributes["data-pair"] = entryID(seq)
	return attributes
}

// failingStep is the id of the step of the trace at which a fetch failed.
const failingStep = "failing-step"

// pairedBarrier is the step at which the browser stopped the exchange: the
// drawing's for what the trace tells.
func pairedBarrier() templ.Attributes {
	attributes := lastSteps("barrier")
	attributes["data-pair"] = failingStep
	return attributes
}

// pairedFailure makes a step of the trace that one, if it failed.
func pairedFailure(s cors.Step) templ.Attributes {
	if s.Passed {
		return nil
	}
	return templ.Attributes{"id": failingStep, "data-pair": failingStep}
}

// lastSteps are the attributes of a step that goes to the end.
func lastSteps(name string) templ.Attributes {
	return templ.Attributes{"id": "step-" + name, "data-into": "sequence-steps"}
}

// got names what the script has in hand after the run.
func got(s session.Settled) string {
	switch s.Outcome {
	case cors.Readable:
		return fmt.Sprint(s.Report.Status)
	case cors.Opaque:
		return "opaque"
	case cors.OpaqueRedirect:
		return "redirect"
	}
	if s.Report.Failed == session.FailedTime {
		return "nothing"
	}
	return "TypeError"
}
