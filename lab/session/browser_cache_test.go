package session_test

import (
	"testing"
	"time"

	"corslab/lab/cors"
	"corslab/lab/scenario/format"
	"corslab/lab/session"
)

// TestBrowserCache: if no request arrives, the judge uses the response that the browser
// was told to store. If the response doesn't allow storing, the judge expects a
// request.
func TestBrowserCache(t *testing.T) {
	for header, cached := range map[string]bool{"max-age=60": true, "max-age=0": false, "no-store": false} {
		parsed, err := format.Parse("test.yaml", []byte(`corslab: 1
title: Test
track: Test
story: Test
before: [{mode: no-cors, url: "{api}/messages"}]
script: {url: "{api}/messages"}
policy: {response: {headers: [{Cache-Control: `+header+`}, {Access-Control-Allow-Origin: {allowlist: ["{page}"]}}]}}
expect: {outcome: blocked, cause: allow-origin-missing, stage: response}
goal: [{page: readable}]
solutions: [{}]
`))
		if err != nil {
			t.Fatal(err)
		}
		s, err := session.NewStore(origins(t), time.Now, session.DefaultBounds()).Open("", sid, parsed, parsed.Start(origins(t)), session.Position{})
		if err != nil {
			t.Fatal(err)
		}
		run := s.Start()
		ask(s, "GET", "/messages", "")
		for _, got := range []cors.ResponseType{cors.OpaqueResponse, cors.ErrorResponse} {
			if _, _, err := s.Settle(run.Number, session.Report{Type: got}, cors.Chromium); err != nil {
				t.Fatal(err)
			}
		}
		judged := settledOf(t, s).Judged
		if judged.FromCache != cached || (len(judged.Differs) == 0) != cached || cached && judged.Verdict.Cause != cors.AllowOriginMissing {
			t.Errorf("%s: cached %t, %s, differs in %q; want cached %t", header, judged.FromCache, judged.Verdict.Cause, judged.Differs, cached)
		}
	}
}
