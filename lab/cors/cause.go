package cors

import (
	"slices"
	"strings"
)

// Cause says why an exchange was blocked, under a name that is the same for every
// browser. The names are part of the scenario format and of `corslab explain`, so
// causes may be added, but never renamed. The table in cause_table.go describes each
// cause.
type Cause string

// The causes, in the order in which they can happen: before anything is sent, at the
// preflight, at a redirect, at the response.
const (
	RequestInvalid      Cause = "request-invalid"
	MethodForbidden     Cause = "method-forbidden"
	URLCredentials      Cause = "url-credentials"
	ModeNoCORS          Cause = "mode-no-cors"
	ModeSameOrigin      Cause = "mode-same-origin"
	Scheme              Cause = "scheme"
	StreamUnsupported   Cause = "stream-unsupported"
	StreamHTTP1         Cause = "stream-http1"
	AllowOriginMissing  Cause = "allow-origin-missing"
	AllowOriginMultiple Cause = "allow-origin-multiple"
	AllowOriginInvalid  Cause = "allow-origin-invalid"
	AllowOriginMismatch Cause = "allow-origin-mismatch"
	AllowOriginWildcard Cause = "allow-origin-wildcard"
	AllowCredentials    Cause = "allow-credentials"
	PreflightStatus     Cause = "preflight-status"
	PreflightRedirect   Cause = "preflight-redirect"
	AllowMethodsInvalid Cause = "allow-methods-invalid"
	AllowHeadersInvalid Cause = "allow-headers-invalid"
	MethodNotAllowed    Cause = "method-not-allowed"
	HeaderNotAllowed    Cause = "header-not-allowed"
	RedirectMode        Cause = "redirect-mode"
	RedirectLocation    Cause = "redirect-location"
	RedirectScheme      Cause = "redirect-scheme"
	RedirectLimit       Cause = "redirect-limit"
	RedirectCredentials Cause = "redirect-credentials"
	RedirectStream      Cause = "redirect-stream"
	ResourcePolicy      Cause = "resource-policy"
	NoResponse          Cause = "no-answer"
)

// Causes lists every [Cause].
func Causes() []Cause {
	list := make([]Cause, len(causes))
	for i, row := range causes {
		list[i] = row.cause
	}
	return list
}

// Valid reports whether c is one of [Causes].
func (c Cause) Valid() bool { return c != "" && c.row().cause == c }

// row is the cause's row of the table. An unknown cause has an empty row.
func (c Cause) row() causeRow {
	if at := slices.IndexFunc(causes[:], func(row causeRow) bool { return row.cause == c }); at >= 0 {
		return causes[at]
	}
	return causeRow{}
}

// Stages lists the stages at which c can happen, in the order of [Stages].
func (c Cause) Stages() []Stage {
	stages := c.row().stages
	return slices.DeleteFunc(Stages(), func(s Stage) bool { return !slices.Contains(stages, s) })
}

// Header names the response header that decides. It is "" if a status decides, or
// nothing that a server sends.
func (c Cause) Header() string { return c.row().header }

// Summary says in a sentence what happened, without any values.
func (c Cause) Summary() string { return c.row().summary }

// SummaryAt is the summary for the response at which the cause happened.
func (c Cause) SummaryAt(stage Stage) string {
	summary := c.Summary()
	if rest, ok := strings.CutPrefix(summary, "The answer "); ok && c.isCORSCheck() {
		return ofResponse(stage) + " " + rest
	}
	return summary
}

// Remedy says how to fix it, and where.
func (c Cause) Remedy() string { return c.row().remedy }

// Link is the URL of the standard's section that decides.
func (c Cause) Link() string { return c.row().clause.link() }

// isCORSCheck reports whether the cause is a failure of the CORS check, which the
// browser makes for every response: to the preflight, to the request, and for a
// redirect.
func (c Cause) isCORSCheck() bool { return c.row().clause.section == sectionCheck }
