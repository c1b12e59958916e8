package scenario

import (
	"slices"
	"strings"

	"corslab/lab/cors"
	"corslab/lab/origin"
	"corslab/lab/policy"
)

// permission is what it takes that a script gets its answer.
type permission struct {
	preflight []policy.Header // nil where nothing is asked first
	response  []policy.Header
}

// permission returns a solution for a scenario that has only a start: what the script
// needs of CORS, and no more than is missing. It changes nothing if the goal is
// already reached.
func (s *Scenario) permission(script Script, o origin.Set) Change {
	solution := Change{Sends: 1}
	if s.solvedAtStart() {
		return solution
	}
	if script.Has("mode") && script.Mode != ModeCORS {
		solution.Script.Mode = ModeCORS
	}
	if script.Has("crossorigin") && script.Kind != KindModule && script.CrossOrigin == CrossOriginNone {
		solution.Script.CrossOrigin = crossOriginAnonymous
	}
	if script.Stream == SwitchOn { // which goes over HTTP/2 and later only
		solution.Script.Stream = SwitchOff
	}
	needs := script.Merge(solution.Script).needs(o)
	place := needs.at(policy.Route{Preflight: s.Policy.Preflight, Response: s.Policy.Response})
	solution.Policy.Preflight, solution.Policy.Response = place.Preflight, place.Response
	for _, route := range s.Policy.Routes {
		if change := needs.at(route); !change.IsEmpty() {
			solution.Policy.Routes = append(solution.Policy.Routes, change)
		}
	}
	if s.Policy.Front != nil {
		solution.Policy.Front = silenced(s.Policy.Front.Headers)
	}
	return solution
}

// solvedAtStart reports whether every engine's first run reaches the outcome
// that the goal begins with.
func (s *Scenario) solvedAtStart() bool {
	return !slices.ContainsFunc(cors.Engines(), func(e cors.Engine) bool { return s.Expect.For(e).Outcome != s.GoalOutcome() })
}

// needs is what a script that is in force needs of the places that it asks.
func (s Script) needs(o origin.Set) permission {
	request := s.Request()
	p := permission{response: []policy.Header{{Name: "Access-Control-Allow-Origin", Value: s.From.Placeholder()}}}
	if request.Credentials == "include" {
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

// at is the change to a place that gives the permission there.
func (p permission) at(place policy.Route) policy.RouteChange {
	change := policy.RouteChange{URL: place.URL, Response: granting(place.Response, p.response)}
	if p.preflight != nil {
		change.Preflight = granting(place.Preflight, p.preflight)
		if place.Preflight.Status > 299 {
			change.Preflight.Status = 204
		}
	}
	return change
}

// granting is the change to an answer after which it is sent with the headers.
func granting(a policy.Reply, headers []policy.Header) policy.ReplyChange {
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

// sentRows are those of a name that are sent.
func sentRows(a policy.Reply, name string) []policy.Header {
	return slices.DeleteFunc(a.Sent(), func(h policy.Header) bool { return !strings.EqualFold(h.Name, name) })
}

// silenced switches off what a front adds to permissions that the API gives.
func silenced(headers []policy.Header) (off []policy.Header) {
	for _, h := range policy.On(headers) {
		if strings.HasPrefix(strings.ToLower(h.Name), "access-control-allow-") {
			h.Off = true
			off = append(off, h)
		}
	}
	return off
}
