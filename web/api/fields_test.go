package api_test

import (
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"corslab/lab/fields"
	"corslab/lab/origin"
	"corslab/lab/policy"
	"corslab/lab/scenario"
	"corslab/lab/scenario/format"
	"corslab/lab/session"
	"corslab/web/api"
)

// TestFields_bytes checks for each byte that a policy with it in a header value is
// refused, or that the browser receives it.
func TestFields_bytes(t *testing.T) {
	f := newFixture(t)
	for b := range 0x100 {
		value := "a" + string(rune(b)) + "b"
		refused := b < ' ' && b != '\t' || b == 0x7F
		attempt := policyWith(policy.Header{Name: "X-Custom", Value: value, Own: true})
		taken, faults := f.test.Take(attempt, f.origins)
		if (len(faults) > 0) != refused {
			t.Errorf("byte 0x%02X: Take() faults = %v", b, faults)
		}
		if len(faults) > 0 {
			continue
		}
		f.current.Put(f.test, taken)
		response, _ := f.do("GET", "/"+sid+"/0/messages", nil, http.Header{"X-Custom": {"a" + string([]byte{byte(b)}) + "b"}})
		if got, want := response.Header.Get("X-Custom"), "a"+string([]byte{byte(b)})+"b"; got != want || response.StatusCode != 200 {
			t.Errorf("byte 0x%02X: the browser gets %d and %q, want %q", b, response.StatusCode, got, want)
		}
		if got := f.newest().Received.Request.Headers.Get("X-Custom"); got != "a"+string([]byte{byte(b)})+"b" {
			t.Errorf("byte 0x%02X: the API gets %q", b, got)
		}
	}
}

// TestFields_names sets every field that the lab refuses, bypassing every check except
// the last one. That check must refuse the policy with the reason, and the field must
// not be sent.
func TestFields_names(t *testing.T) {
	for _, row := range fields.Rows() {
		if row.Verdict != fields.Refused {
			continue
		}
		t.Run(row.Name, func(t *testing.T) {
			f := newFixture(t)
			attempt := policyWith(policy.Header{Name: strings.ToUpper(row.Name), Value: "x-forbidden", Own: true})
			reason := strings.TrimSuffix(row.Reason, ".")
			if _, faults := f.test.Take(attempt, f.origins); !strings.HasSuffix(faults.String(), reason) {
				t.Errorf("Take() faults = %v, want the reason: %s", faults, reason)
			}
			f.current.Put(f.test, attempt)
			response, _ := f.do("GET", "/"+sid+"/0/messages", nil, nil)
			if got := response.Header.Get(row.Name); got == "x-forbidden" {
				t.Errorf("the browser gets %s: %s", row.Name, got)
			}
			if got := f.newest().Received.Withheld; len(got) != 1 || !strings.HasSuffix(got[0], reason) {
				t.Errorf("the log says %q, want why it is not sent", got)
			}
		})
	}
}

func policyWith(headers ...policy.Header) scenario.Attempt {
	return scenario.Attempt{Policy: policy.Policy{
		Preflight: policy.Reply{Status: 204},
		Response:  policy.Reply{Status: 200, Headers: headers},
	}}
}

// FuzzHeader checks that a header that a policy accepts passes through Go's server and
// client unchanged, except for blanks around its value, and that it brings no other
// header along.
func FuzzHeader(f *testing.F) {
	for _, value := range []string{"", "a", "\x00", "a\r\nX-B: c", "a\tb", " a ", "\u0085", "é", "a\x0bb", "a\x7fb", "\"a\"", "a, b"} {
		f.Add("X-Custom", value)
	}
	for _, row := range fields.Rows() {
		f.Add(row.Name, "x")
	}
	origins, err := origin.New("localhost:8080", "localhost:8000")
	if err != nil {
		f.Fatal(err)
	}
	parsed, err := format.Parse("test.yaml", []byte(file))
	if err != nil {
		f.Fatal(err)
	}
	sessions := session.NewStore(origins, time.Now, session.DefaultBounds())
	current, err := sessions.Open("", sid, parsed, parsed.Start(origins), session.Position{})
	if err != nil {
		f.Fatal(err)
	}
	server := httptest.NewServer(api.New(sessions, origins, http.NotFoundHandler(), slog.New(slog.DiscardHandler)))
	f.Cleanup(server.Close)
	f.Fuzz(func(t *testing.T, name, value string) {
		taken, faults := parsed.Take(policyWith(policy.Header{Name: name, Value: value, Own: true}), origins)
		if len(faults) > 0 || name == "" {
			return
		}
		current.Put(parsed, taken)
		request, err := http.NewRequestWithContext(t.Context(), "GET", server.URL+"/"+sid+"/0/messages", nil)
		if err != nil {
			t.Fatal(err)
		}
		request.Host = "localhost:8000"
		response, err := http.DefaultTransport.RoundTrip(request)
		if err != nil {
			t.Fatalf("%q: %q is no response: %v", name, value, err)
		}
		defer func() { _ = response.Body.Close() }()
		if _, err := io.Copy(io.Discard, response.Body); err != nil {
			t.Fatalf("%q: %q has no body: %v", name, value, err)
		}
		row := fields.Lookup(name)
		if row.Verdict == fields.Refused {
			t.Fatalf("%s is taken", name)
		}
		entries, _ := current.Entries(0)
		want := entries[len(entries)-1].Received.Response.Headers
		for sent, values := range response.Header {
			if sent == "Date" || sent == "Content-Length" {
				continue
			}
			if len(values) != 1 || len(want.Values(sent)) != 1 || values[0] != strings.Trim(want.Get(sent), " \t") {
				t.Errorf("%q: %q comes as %s: %q, want %q", name, value, sent, values, want)
			}
		}
	})
}
