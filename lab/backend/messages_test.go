package backend_test

import (
	"fmt"
	"strings"
	"testing"

	"corslab/lab/inert"
	"corslab/lab/wire"
)

func TestMessages(t *testing.T) {
	typed := func(method, target, contentType, body string) wire.Request {
		return request(method, target, body, "Content-Type: "+contentType)
	}
	for name, test := range map[string]struct {
		request      wire.Request
		body, effect string
	}{
		"GET the list":           {typed("GET", "/messages", "", ""), `[{"id":0,"text":"Hello"},{"id":1,"text":"Is anybody there?"}]`, ""},
		"GET one":                {typed("GET", "/messages/1", "", ""), `{"id":1,"text":"Is anybody there?"}`, ""},
		"GET one, with a query":  {typed("GET", "/messages/1?a=b", "", ""), `{"id":1,"text":"Is anybody there?"}`, ""},
		"GET a missing one":      {typed("GET", "/messages/9", "", ""), `{"error":"there is no /messages/9"}`, ""},
		"GET below a path":       {typed("GET", "/v2/messages/1", "", ""), `{"id":1,"text":"Is anybody there?"}`, ""},
		"POST below a path":      {typed("POST", "/v2/messages", "", "new"), `{"id":2,"text":"new"}`, `message 2 was added: "new"`},
		"GET elsewhere":          {typed("GET", "/secret", "", ""), `{"error":"there is no /secret"}`, ""},
		"PUT text":               {typed("PUT", "/messages/0", "text/plain", "new"), `{"id":0,"text":"new"}`, `message 0 is now "new"`},
		"PATCH JSON":             {typed("PATCH", "/messages/0", "application/json", `{"text":"new"}`), `{"id":0,"text":"new"}`, `message 0 is now "new"`},
		"patch is not PATCH":     {typed("patch", "/messages/0", "", "new"), `{"id":0,"text":"Hello"}`, ""},
		"POST a form":            {typed("POST", "/messages", "application/x-www-form-urlencoded;charset=UTF-8", "text=a+b"), `{"id":2,"text":"a b"}`, `message 2 was added: "a b"`},
		"POST to one":            {typed("POST", "/messages/0", "", "x"), `{"id":0,"text":"Hello"}`, ""},
		"DELETE":                 {typed("DELETE", "/messages/0", "", ""), `[{"id":1,"text":"Is anybody there?"}]`, "message 0 is gone"},
		"bytes that aren't text": {typed("PUT", "/messages/0", "", "\xff"), `{"id":0,"text":"�"}`, `message 0 is now "�"`},
		"too much text":          {typed("PUT", "/messages/0", "", strings.Repeat("é", 150)), `{"id":0,"text":"` + strings.Repeat("é", 100) + `"}`, `message 0 is now "` + strings.Repeat("é", 100) + `"`},
	} {
		t.Run(name, func(t *testing.T) {
			handled := withPolicy(t, policyOf(t, "{}")).Handle(test.request, 1)
			if got := strings.TrimSpace(inert.Plain(handled.Response.Body.String())); got != test.body {
				t.Errorf("body = %s, want %s", got, test.body)
			}
			if handled.Effect != test.effect {
				t.Errorf("effect = %q, want %q", handled.Effect, test.effect)
			}
		})
	}
}

// A response that redirects hasn't carried out the request.
func TestMessages_redirected(t *testing.T) {
	handled := withPolicy(t, policyOf(t, "{response: {status: 307}}")).Handle(request("PUT", "/messages/0", "new"), 1)
	if got, want := strings.TrimSpace(inert.Plain(handled.Response.Body.String())), `{"id":0,"text":"Hello"}`; got != want {
		t.Errorf("body = %s, want %s: a redirect writes nothing", got, want)
	}
}

// TestMessages_bounded writes more messages than the API stores.
func TestMessages_bounded(t *testing.T) {
	b := withPolicy(t, policyOf(t, "{}"))
	ask := func(method, target string) string {
		return inert.Plain(b.Handle(request(method, target, "x"), 1).Response.Body.String())
	}
	for range 50 {
		ask("POST", "/messages")
	}
	if got := strings.Count(ask("GET", "/messages"), `"id"`); got != 20 {
		t.Errorf("%d messages are kept, want 20", got)
	}
	for id := range 60 {
		ask("DELETE", fmt.Sprintf("/messages/%d", id))
	}
	for _, method := range []string{"GET", "POST", "DELETE", "PUT"} {
		ask(method, "/messages/0")
	}
	b.Reset()
	if got := ask("GET", "/messages/0"); !strings.Contains(got, "Hello") {
		t.Errorf("after Reset the first message is %s, want the one from the start", got)
	}
}
