// Package cors says how a cross-origin exchange ends in a browser, and why.
//
// [Judge] takes an [Exchange] and an [Engine] and returns a [Verdict]. The
// package is pure: it knows nothing about servers, pages and scenarios, and imports
// only the standard library. The only state that outlives a fetch is the preflight
// cache, which belongs to the caller ([PreflightCache]).
//
// # Vocabulary
//
// The package uses the words of the Fetch standard, as far as it has them.
//
//   - An [Exchange] is a [Request] as the script makes it, and one [Hop] for
//     each URL that it reaches, with the [Response] of the server there.
//   - An [Engine] is the standard itself, Chromium, Firefox or WebKit.
//   - A [Verdict] is what the engine does: its [Outcome], and for a blocked
//     exchange the [Cause] and the [Stage] at which it happened.
//   - A [Step] is one line of the verdict's trace: a step of the standard, what
//     it found and what it expected.
//   - A [WireRequest] is a request that leaves the browser.
//   - A [Difference] is a point in which browsers depart from the standard.
//   - A [Preflight] is what a preflight asks for. [Remembered] is what a cache
//     remembers of the response to it.
//   - A [Wording] is how an engine reports a failure.
//
// # Reading the code
//
// The functions are the algorithms of the standard, as of [Snapshot]. A comment above
// each step gives its number and says in our words what the standard requires. The
// functions call each other in this order: judge.go, request.go, mainfetch.go,
// httpfetch.go, preflight.go, check.go, redirect.go, filter.go.
//
// Two tables hold the rest. A row of cause_table.go describes a cause. A row of
// difference_table.go describes a difference, and the code asks for it by name: if
// f.differs(authorizationUnderWildcard). The engines' wordings that depend on more than
// the cause are in chromium.go, firefox.go and webkit.go.
package cors
