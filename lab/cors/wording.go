package cors

import (
	"strings"

	"corslab/lab/cors/internal/whatwg"
)

// Wording is how an engine reports a cause at a stage.
type Wording struct {
	Engine  Engine
	Cause   Cause
	Stage   Stage
	Error   string // as in [Verdict]
	Console string // as in [Verdict]; variable parts are in braces, such as {url}
}

// Wordings lists every wording that [Judge] can give to a failure, so that a failure
// can be found by its words. It has the judge describe made-up failures whose values
// are holes such as {url}. A wording may be listed several times.
func Wordings() []Wording {
	var list []Wording
	for _, engine := range Engines() {
		for _, cause := range Causes() {
			for _, stage := range cause.Stages() {
				for _, f := range samples(cause, stage, engine) {
					name, _, console := f.words()
					list = append(list, Wording{engine, cause, stage, name, withHoles(console)})
				}
			}
		}
	}
	return list
}

// samples returns failures with that cause that an engine may word differently.
func samples(cause Cause, stage Stage, engine Engine) []*fetch {
	if cause == RedirectLocation && stage != StageRedirect && !engine.differs(locationFirst) {
		return nil
	}
	list := []*fetch{sample(cause, stage, engine)}
	for _, vary := range cause.row().variations {
		f := sample(cause, stage, engine)
		vary(f)
		list = append(list, f)
	}
	return list
}

// sample is a failure of a cross-origin request. The initiator is the one that Chromium
// usually adds the least to: for fetch() it adds advice at the end.
func sample(cause Cause, stage Stage, engine Engine) *fetch {
	f := &fetch{
		exchange: Exchange{Origin: "{origin}", Page: "{page}"},
		request:  Request{Initiator: ByXHR, Redirect: FollowRedirect},
		engine:   engine,
		verdict:  Verdict{Engine: engine, Cause: cause, Stage: stage},
		urls:     []whatwg.URL{{Scheme: "{scheme}", Path: "{url}"}},
		tainting: taintedCORS,
		failure: failure{
			url:      whatwg.URL{Scheme: "{scheme}", Path: "{url}"},
			location: whatwg.URL{Scheme: "{scheme}", Path: "{location}"},
			raw:      "{location}",
			status:   sampleStatus, lines: 1, value: "{value}", name: "{token}",
		},
	}
	if adapt := cause.row().sample; adapt != nil {
		adapt(f)
	}
	return f
}

// sampleStatus is the status of all samples.
const sampleStatus = 299

// withHoles turns the remaining variable parts into holes too: the status, and URLs,
// which start with a scheme in a sample.
func withHoles(line string) string {
	line = strings.ReplaceAll(line, "code: 299", "code: {status}")
	for _, scheme := range [...]string{"{scheme}://", "{scheme}:", "ftp://", "data:", "file:"} {
		line = strings.ReplaceAll(line, scheme+"{url}", "{url}")
		line = strings.ReplaceAll(line, scheme+"{location}", "{location}")
	}
	return line
}
