package page

import (
	"corslab/lab/scenario"
	"corslab/lab/scenario/snippet"
	"corslab/lab/session"
	"corslab/web/view"
)

// inForce returns the panels that show the attempt in force.
func (s *server) inForce(current *session.Session) []view.Panel {
	found, attempt := current.Attempt()
	panels := s.panels(current.ID, attempt.Script, view.AttemptPanels{Scenario: found, Attempt: attempt})
	panels = append(panels, view.Panel{Part: view.Part{ID: "caches", Component: view.Caches(current.Caches())}})
	if found.IsSandbox() {
		panels = append(panels, view.Panel{Part: view.Part{ID: "log-apis", Component: view.LogSide(found.APIs(s.origins))}})
	}
	return panels
}

// panels returns the panels that depend on the attempt and, in a sandbox, the runners.
// The code is for use outside of the page, so its URL names run 0, which belongs to no
// press of Send.
func (s *server) panels(id string, inForce scenario.Script, shown view.AttemptPanels) []view.Panel {
	url := inForce.At(id, 0, s.origins)
	shown.Origins = s.origins
	shown.Code, shown.Curl = snippet.JavaScript(inForce, url), snippet.Curl(inForce, url, inForce.From.Origin(s.origins))
	panels := []view.Panel{view.ScriptPanel(shown), view.PolicyPanel(shown)}
	if found := shown.Scenario; found.IsSandbox() {
		panels = append(panels, view.Panel{Part: view.Part{ID: "runners", Component: view.Runners(found, s.origins)}})
	}
	return panels
}
