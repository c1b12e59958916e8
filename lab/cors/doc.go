// Package cors says how a cross-origin exchange ends in a browser, and why.
//
// [Judge] takes an [Exchange], which is the request as a script makes it and
// the answers of the servers, and an [Engine]: the Fetch standard itself,
// Chromium, Firefox or WebKit. Its [Verdict] holds the [Outcome], the [Cause]
// and the [Stage] where it struck, each step of the standard that was taken,
// what went over the wire, what the script can read, and the engine's own
// words.
//
// The code follows the algorithms of https://fetch.spec.whatwg.org and names
// their steps; it is read in the order in which they call each other:
// judge.go, request.go (Request and XMLHttpRequest), mainfetch.go,
// httpfetch.go, preflight.go, check.go, redirect.go, filter.go. Where an
// engine departs from the standard, the difference is a field in
// differences.go; how it words a failure is in chromium.go, firefox.go and
// webkit.go.
//
// It is pure: it knows no server, no page and no scenario, and imports the
// standard library only. What lasts from one fetch to the next, the preflight
// cache, is the caller's ([PreflightCache]).
package cors
