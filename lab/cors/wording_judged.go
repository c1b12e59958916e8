package cors

import "strings"

// judgedWordings are those that the judge itself writes, so that it cannot say
// what a look-up does not know: it words a failure whose values are the names
// of what they stand for.
func judgedWordings() []Wording {
	var list []Wording
	for _, engine := range []Engine{Chromium, Firefox, WebKit} {
		for _, cause := range Causes() {
			for _, stage := range stagesOf(cause) {
				for _, f := range samples(cause, stage, engine) {
					list = addJudged(list, engine, f)
				}
			}
		}
	}
	return list
}

// addJudged adds the line and the name that the judge has for the failure.
func addJudged(list []Wording, engine Engine, f *fetch) []Wording {
	name, _, console := f.engine.words(f)
	w := Wording{Engine: engine, Name: name, Causes: []Cause{f.verdict.Cause}, Stages: []Stage{f.verdict.Stage}}
	if console != "" {
		list = addLine(list, w, withHoles(console))
	}
	for _, spelling := range spellings(name) {
		w.Text = spelling
		w.Vague = name == netFailed
		if w.Vague {
			w.Topic = NoReason
		}
		list = add(list, w)
	}
	return list
}

// The parts of which Chromium's lines are made.
const (
	chromiumBlocked   = "blocked by CORS policy: "
	chromiumPreflight = "Response to preflight request doesn't pass access control check: "
	chromiumSchemes   = "Cross origin requests are only supported for protocol schemes: "
	netFailed         = "net::ERR_FAILED" // ends every line that Chromium prints of a blocked request
)

// addLine adds a console line, or the part of it that says why.
func addLine(list []Wording, w Wording, line string) []Wording {
	if _, reason, found := strings.Cut(line, chromiumBlocked); found {
		return addChromiumReason(list, w, reason)
	}
	w.Text = line
	if _, reason, found := strings.Cut(line, "(Reason: "); found {
		w.Text, _, _ = strings.Cut(reason, ").")
	}
	w.Vague = w.Engine == WebKit && strings.HasPrefix(line, "Fetch API cannot load")
	return add(list, w)
}

// addChromiumReason adds what stands at the end of Chromium's lines: it may
// stand alone, or after the beginnings that former versions had.
func addChromiumReason(list []Wording, w Wording, reason string) []Wording {
	w.Text = chromiumBlocked + reason
	list = add(list, w)
	w.Text = strings.TrimPrefix(reason, chromiumPreflight)
	list = add(list, w)
	if !isCORSCheck(w.Causes[0]) {
		return list
	}
	w.Retired, w.Stages = true, []Stage{StageRedirect}
	w.Text = "Redirect from {url} to {location} has been " + chromiumBlocked + w.Text
	return add(list, w)
}

// spellings are the ways in which a name is written: Firefox's categories have
// a digit that the addresses of their explanations leave out.
func spellings(name string) []string {
	plain := strings.TrimRight(name, "0123456789")
	switch {
	case name == "":
		return nil
	case plain != name && strings.HasPrefix(name, "CORS"):
		return []string{name, plain}
	}
	return []string{strings.TrimPrefix(name, "net::")}
}

// The values of a sample, which become holes in its wording.
const (
	sampleURL      = "{scheme}:{path}"
	sampleLocation = "{scheme}:{location}"
	sampleStatus   = 299
)

// samples are failures by that cause which may be worded in different ways.
func samples(cause Cause, stage Stage, engine Engine) []*fetch {
	base := failure{
		url:      location{scheme: "{scheme}", path: "{path}"},
		location: location{scheme: "{scheme}", path: "{location}"},
		status:   sampleStatus, lines: 1, value: "{value}", name: sampleName(cause),
	}
	list := []*fetch{sample(cause, stage, engine, base)}
	switch cause {
	case AllowOriginMultiple:
		base.value = "{value},"
		list = append(list, sample(cause, stage, engine, base))
		base.lines = 2
		list = append(list, sample(cause, stage, engine, base))
	case ResourcePolicy:
		base.value = "same-site"
		list = append(list, sample(cause, stage, engine, base))
	case RedirectLocation:
		base.lines = 2
		list = append(list, sample(cause, stage, engine, base))
	case RedirectScheme:
		noCORS := sample(cause, stage, engine, base)
		noCORS.request.Mode = "no-cors"
		base.location.scheme = "data"
		list = append(list, noCORS, sample(cause, stage, engine, base))
	case PreflightRedirect:
		manual := sample(cause, stage, engine, base)
		manual.request.Redirect = "manual"
		list = append(list, manual)
	}
	return list
}

func sample(cause Cause, stage Stage, engine Engine, of failure) *fetch {
	return &fetch{
		exchange: Exchange{Origin: "{origin}"},
		// XMLHttpRequest has no advice at its end, and fetch() no remark about credentials.
		request: Request{Initiator: sampleInitiator(cause), Redirect: "follow"},
		engine:  differencesOf(engine),
		verdict: Verdict{Engine: engine, Cause: cause, Stage: stage},
		failure: of,
		urls:    []location{of.url},
	}
}

func sampleInitiator(cause Cause) string {
	if cause == AllowOriginWildcard || cause == AllowCredentials {
		return "fetch"
	}
	return "xhr"
}

func sampleName(cause Cause) string {
	switch cause {
	case MethodNotAllowed:
		return "{method}"
	case HeaderNotAllowed:
		return "{header}"
	case ModeNoCORS:
		return "" // the failure is about the redirect mode
	}
	return "{token}"
}

// withHoles writes what a sample has no name for as a hole too: the URL, the
// status, and the schemes that a version of Chromium knows.
func withHoles(line string) string {
	if before, _, found := strings.Cut(line, chromiumSchemes); found {
		line = before + chromiumSchemes + "{value}"
	}
	return strings.NewReplacer(
		sampleURL, "{url}", sampleLocation, "{location}", "code: 299", "code: {status}",
	).Replace(line)
}
