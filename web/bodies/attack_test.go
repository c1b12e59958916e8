package bodies_test

import (
	"context"
	"fmt"
	"testing"
	"testing/fstest"

	"corslab/lab/cors"
	"corslab/lab/library"
	"corslab/web/browsers/drivertest"
	"corslab/web/browsers/play"
)

// attack is a scenario file with which one press of Send once ran code on the origin of
// the lab's pages: a posted message was loaded as a script. In Shift_JIS, the last byte
// of the letter swallowed the backslash before the quote.
const attack = `corslab: 1
title: Attack
track: Test
story: Test
script: {kind: script, url: "{api}/messages"}
before:
  - {method: POST, mode: no-cors, url: "{api}/messages", body: {text: 'ぁ"}];globalThis.pwned=parent.pwned=1;localStorage.setItem(/pwned/.source,1)//'}}
policy:
  response: {headers: [{Content-Type: text/javascript; charset=%s}]}
expect: {outcome: opaque}
goal: [{page: opaque}]
solutions: [{}]
`

// TestAttack plays the attack on the lab's own page, and checks all documents of its
// origin.
func TestAttack(t *testing.T) {
	for _, engine := range []cors.Engine{cors.Chromium, cors.Firefox} {
		t.Run(string(engine), func(t *testing.T) {
			b := drivertest.Start(t, func(ctx context.Context) (*play.Browser, error) { return play.Start(ctx, engine, 1) })
			for _, label := range []string{"shift_jis", "gbk", "big5", "euc-kr", "iso-2022-jp", "utf-16le"} {
				t.Run(label, func(t *testing.T) {
					if err := b.Use(t.Context(), func(p *play.Page) { attackWith(t, p, label) }); err != nil {
						t.Fatal(err)
					}
				})
			}
		})
	}
}

func attackWith(t *testing.T, p *play.Page, label string) {
	t.Helper()
	source := fmt.Sprintf(attack, label)
	lib, err := library.Load(library.Source{Name: "test", FS: fstest.MapFS{"attack.yaml": {Data: []byte(source)}}})
	if err != nil {
		t.Fatal(err)
	}
	if err := p.Open(t.Context(), serve(t, lib).Origins.Page.String()+"/scenarios/attack"); err != nil {
		t.Fatal(err)
	}
	run, err := p.Send(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	var seen struct {
		Loaded  bool
		Runners int
		Pwned   []string
	}
	const look = `(() => {
		const frames = [...document.querySelectorAll("#runners iframe")]
		return {
			loaded: frames.some((f) => f.contentDocument.querySelector("script[src*='runner-scripts']")),
			runners: frames.length,
			pwned: [window, ...frames.map((f) => f.contentWindow)].filter((w) => w.pwned).map((w) => w.location.pathname)
				.concat(localStorage.pwned ? ["localStorage"] : []),
		}
	})()`
	if err := p.Evaluate(t.Context(), look, &seen); err != nil {
		t.Fatal(err)
	}
	if len(seen.Pwned) > 0 {
		t.Errorf("code of the file ran in %q", seen.Pwned)
	}
	if run.Outcome != "opaque" || len(run.Sent) != 2 || seen.Runners != 2 || !seen.Loaded {
		t.Errorf("the run is %+v with %d runners, want the text posted by one and loaded by the other", run, seen.Runners)
	}
}
