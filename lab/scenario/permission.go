package scenario

import (
	"slices"
	"strings"

	"corslab/lab/cors"
	"corslab/lab/origin"
	"corslab/lab/policy"
)

// permission lists the headers that let a script get its response.
type permission struct {
	preflight []policy.Header // nil if there is no preflight
	response  []policy.Header
}

// permission returns a solution for a scenario that has only a start: the CORS headers
// that the script needs and that are missing. It changes nothing if the goal is already
// reached.
func (s *Scenario) permission(script Script, o origin.Set) Change {
	solution := Change{Sends: 1}
	if s.solvedAtStart() {
		return solution
	}
	if script.Has(InputMode) && script.Mode != cors.CORSMode {
		solution.Script.Mode = cors.CORSMode
	}
	if script.Has(InputCrossOrigin) && script.Kind != KindModule && script.CrossOrigin == CrossOriginNone {
		solution.Script.CrossOrigin = crossOriginAnonymous
	}
	if script.Stream == SwitchOn { // a stream needs HTTP/2 or later
		solution.Script.Stream = SwitchOff
	}
	needs := script.Merge(solution.Script).needs(o)
	route := needs.at(policy.Route{Preflight: s.Policy.Preflight, Response: s.Policy.Response})
	solution.Policy.Preflight, solution.Policy.Response = route.Preflight, route.Response
	for _, route := range s.Policy.Routes {
		if change := needs.at(route); !change.IsEmpty() {
			solution.Policy.Routes = append(solution.Policy.Routes, change)
		}
	}
	if s.Policy.Front != nil {
		solution.Policy.Front = switchedOff(s.Policy.Front.Headers)
	}
	return solution
}

// solvedAtStart reports whether the first run reaches the goal's first outcome in every
// engine.
func (s *Scenario) solvedAtStart() bool {
	return !slices.ContainsFunc(cors.Engines(), func(e cors.Engine) bool { return s.Expect.For(e).Outcome != s.GoalOutcome() })
}

// needs returns the permission that a script in force needs.
func (s Script) needs(o origin.Set) permission {
	request := s.Request()
	p := permission{response: []policy.Header{{Name: "Access-Control-Allow-Origin", Value: s.From.Placeholder()}}}
	if request.Credentials == cors.IncludeCredentials {
		p.response = append(p.response, policy.Header{Name: "Access-Control-Allow-Credentials", Value: "true"})
	}
	asked, asks := cors.PreflightOf(
		cors.Exchange{Origin: s.From.Origin(o), Request: request, Hops: []cors.Hop{{URL: o.Expand(s.URL)}}}, cors.Standard)
	if !asks {
		return p
	}
	p.preflight = slices.Clone(p.response)
	if !slices.Contains([]string{"GET", "HEAD", "POST"}, asked.Method) {
		p.preflight = append(p.preflight, policy.Header{Name: "Access-Control-Allow-Methods", Value: asked.Method})
	}
	if len(asked.Names) > 0 {
		p.preflight = append(p.preflight, policy.Header{Name: "Access-Control-Allow-Headers", Value: strings.Join(asked.Names, ", ")})
	}
	return p
}

// at returns the change to a route that gives the permission there.
func (p permission) at(route policy.Route) policy.RouteChange {
	change := policy.RouteChange{URL: route.URL, Response: grant(route.Response, p.response)}
	if p.preflight != nil {
		change.Preflight = grant(route.Preflight, p.preflight)
		if route.Preflight.Status > 299 {
			change.Preflight.Status = 204
		}
	}
	return change
}

// grant returns the change to a reply so that it sends the headers.
func grant(a policy.Reply, headers []policy.Header) policy.ReplyChange {
	var c policy.ReplyChange
	for _, h := range headers {
		if sent := sentRows(a, h.Name); len(sent) != 1 || sent[0].Value != h.Value || sent[0].Rule != policy.Literal {
			c.Headers = append(c.Headers, h)
		}
	}
	if a.OnlyOK && a.Status >= 400 {
		c.OnlyOK = new(false)
	}
	if a.Close {
		c.Close = new(false)
	}
	return c
}

// sentRows lists the rows with a name that are sent.
func sentRows(a policy.Reply, name string) []policy.Header {
	return slices.DeleteFunc(a.Sent(), func(h policy.Header) bool { return !strings.EqualFold(h.Name, name) })
}

// switchedOff switches off the permissions that a front adds, because the API gives
// them now.
func switchedOff(headers []policy.Header) (off []policy.Header) {
	for _, h := range policy.On(headers) {
		if strings.HasPrefix(strings.ToLower(h.Name), "access-control-allow-") {
			h.Off = true
			off = append(off, h)
		}
	}
	return off
}
