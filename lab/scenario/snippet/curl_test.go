package snippet_test

import (
	"io"
	"net/http"
	"net/http/httptest"
	"os/exec"
	"testing"

	"corslab/lab/cors"
	"corslab/lab/policy"
	"corslab/lab/scenario"
	"corslab/lab/scenario/snippet"

	"github.com/google/go-cmp/cmp"
)

func TestScript_Curl(t *testing.T) {
	script := scenario.Script{
		Kind: "fetch", Method: "PUT", Mode: "cors",
		Headers: []policy.Header{{Name: "X-Token", Value: "it's"}, {Name: "X-Empty"}, {Name: "X-Off", Value: "1", Off: true}},
		Body:    scenario.Body{Kind: "text", Text: "hello"},
	}
	want := `curl --include --globoff 'http://a.test/messages/0' \
  --request 'PUT' \
  --header 'Origin: http://b.test' \
  --header 'X-Token: it'\''s' \
  --header 'X-Empty;' \
  --header 'Content-Type: text/plain;charset=UTF-8' \
  --data-raw 'hello'
`
	if diff := cmp.Diff(want, snippet.Curl(script, "http://a.test/messages/0", "http://b.test")); diff != "" {
		t.Errorf("Curl() gives another command (-want +got):\n%s", diff)
	}
}

// arrived is what a server got from curl.
type arrived struct{ Method, Target, Origin, Type, Token, Body string }

// TestScript_Curl_runs runs the commands in a shell and checks the requests that
// arrive.
func TestScript_Curl_runs(t *testing.T) {
	if _, err := exec.LookPath("curl"); err != nil {
		t.Skip("curl is missing")
	}
	const hostile = "it's \"$HOME\" `id` \\ @file\nand [1-9] {a,b} & äöü"
	text := func(kind cors.BodyKind) scenario.Body { return scenario.Body{Kind: kind, Text: hostile} }
	form := scenario.Body{Kind: "form", Form: [][]string{{"text", "a b&c"}, {"text", "ä='"}}}
	const origin, encoded = "http://b.test", "text=a+b%26c&text=%C3%A4%3D%27"
	for name, test := range map[string]struct {
		script scenario.Script
		want   arrived
	}{
		"GET":               {scenario.Script{Kind: "fetch", Method: "GET", Mode: "cors"}, arrived{"GET", "/m?[1-3]={a}", origin, "", "", ""}},
		"HEAD":              {scenario.Script{Kind: "fetch", Method: "HEAD", Mode: "cors"}, arrived{"HEAD", "/m?[1-3]={a}", origin, "", "", ""}},
		"POST without body": {scenario.Script{Kind: "fetch", Method: "POST", Mode: "cors"}, arrived{"POST", "/m?[1-3]={a}", origin, "", "", ""}},
		"an image":          {scenario.Script{Kind: "img", Method: "GET", CrossOrigin: "none"}, arrived{"GET", "/m?[1-3]={a}", "", "", "", ""}},
		"a text": {
			scenario.Script{Kind: "xhr", Method: "POST", Mode: "cors", Body: text("text"), Headers: []policy.Header{{Name: "X-Token", Value: "'$(id)'"}}},
			arrived{"POST", "/m?[1-3]={a}", origin, "text/plain;charset=UTF-8", "'$(id)'", hostile},
		},
		"a type of the script's own": {
			scenario.Script{Kind: "fetch", Method: "PATCH", Mode: "cors", Body: text("text"), Headers: []policy.Header{{Name: "content-type", Value: "text/x"}}},
			arrived{"PATCH", "/m?[1-3]={a}", origin, "text/x", "", hostile},
		},
		"a stream":   {scenario.Script{Kind: "fetch", Method: "POST", Mode: "cors", Body: text("text"), Stream: "true"}, arrived{"POST", "/m?[1-3]={a}", origin, "", "", hostile}},
		"a beacon":   {scenario.Script{Kind: "beacon", Method: "POST", Body: text("json-blob")}, arrived{"POST", "/m?[1-3]={a}", origin, "application/json", "", hostile}},
		"a form":     {scenario.Script{Kind: "form", Method: "POST", Body: form}, arrived{"POST", "/m?[1-3]={a}", origin, "application/x-www-form-urlencoded", "", encoded}},
		"parameters": {scenario.Script{Kind: "fetch", Method: "POST", Mode: "cors", Body: form}, arrived{"POST", "/m?[1-3]={a}", origin, "application/x-www-form-urlencoded;charset=UTF-8", "", encoded}},
	} {
		t.Run(name, func(t *testing.T) {
			if diff := cmp.Diff(test.want, curl(t, test.script, "/m?[1-3]={a}")); diff != "" {
				t.Errorf("curl sends something else (-want +got):\n%s", diff)
			}
		})
	}
	t.Run("a form by GET", func(t *testing.T) {
		got := curl(t, scenario.Script{Kind: "form", Method: "GET", Body: form}, "/m")
		if want := (arrived{Method: "GET", Target: "/m?" + encoded}); got != want {
			t.Errorf("curl sends %+v, want %+v", got, want)
		}
	})
}

// curl runs a script's command against a server and returns what arrived.
func curl(t *testing.T, script scenario.Script, target string) (got arrived) {
	t.Helper()
	server := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		body, err := io.ReadAll(r.Body)
		if err != nil {
			t.Error(err)
		}
		got = arrived{r.Method, r.RequestURI, r.Header.Get("Origin"), r.Header.Get("Content-Type"), r.Header.Get("X-Token"), string(body)}
	}))
	defer server.Close()
	command := snippet.Curl(script, server.URL+target, "http://b.test")
	if output, err := exec.CommandContext(t.Context(), "sh", "-c", command).CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s%s", err, command, output)
	}
	return got
}
