package cors

// Verdict is what a browser does with an [Exchange], and why: the output of
// [Judge] and of `corslab explain`.
type Verdict struct {
	ID              string        `json:"id"`
	Engine          Engine        `json:"engine"`
	Outcome         Outcome       `json:"outcome"`
	Missing         string        `json:"missing,omitempty"` // for Unknown: the response that isn't known, such as hops[0].preflight
	Type            ResponseType  `json:"type"`              // of the Response object; empty for xhr
	Status          int           `json:"status"`            // as the script sees it; 0 if it sees none
	ReadableHeaders []string      `json:"readable_headers"`  // of the last response, lowercase, sorted
	Wire            []WireRequest `json:"wire"`              // what leaves the browser, in order
	Cause           Cause         `json:"cause"`             // empty unless blocked
	Stage           Stage         `json:"stage"`             // empty unless blocked
	Error           string        `json:"error"`             // the engine's name for the failure, or empty
	FailedParameter string        `json:"failed_parameter"`  // what Chromium's error is about
	Console         string        `json:"console"`           // the engine's first console line about it
	Steps           []Step        `json:"steps"`             // the trace; in a blocked exchange, the last step didn't pass

	sameOrigin bool // a readable response needed no CORS
}

// WireRequest is a request that leaves the browser. The two pointers are set only for
// preflights.
type WireRequest struct {
	Method  string  `json:"method"`
	URL     string  `json:"url"`
	Origin  string  `json:"origin"` // empty if it carries none
	Asked   *string `json:"access_control_request_method,omitempty"`
	Headers *string `json:"access_control_request_headers,omitempty"`
}

// Preflight reports whether the request is a preflight.
func (w WireRequest) Preflight() bool { return w.Asked != nil }

// Step is one line of the trace: a step of the standard, what it found and what it
// expected. The step number belongs to [Snapshot].
type Step struct {
	Section  string `json:"section"` // of the standard, by name
	Step     string `json:"step"`    // its number there, such as 4.1.2
	Passed   bool   `json:"passed"`
	Found    string `json:"found"`
	Expected string `json:"expected"`
	Text     string `json:"text"` // for people
	Sent     int    `json:"-"`    // how many requests of Verdict.Wire had been sent by then
}

// FindsPreflight reports whether the step found that an earlier preflight covers the
// request.
func (s Step) FindsPreflight() bool { return s.Section == string(sectionHTTP) && s.Step == "4.1" }
