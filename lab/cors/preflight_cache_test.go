package cors_test

import (
	"fmt"
	"runtime"
	"strings"
	"testing"
	"time"

	"corslab/lab/cors"
)

// start is the time of the tests' first preflight.
var start = time.Date(2026, time.January, 1, 12, 0, 0, 0, time.UTC)

// putPreflight is the first preflight of the tests.
var putPreflight = cors.Preflight{
	Origin: "http://localhost:8080", URL: "http://localhost:8000/messages", Method: "PUT", Names: []string{"x-token"},
}

// allowing is a response to it with some more headers.
func allowing(more ...[2]string) cors.Response {
	return cors.Response{Status: 204, Headers: append([][2]string{
		{"Access-Control-Allow-Origin", "*"},
		{"Access-Control-Allow-Methods", "PUT"},
		{"Access-Control-Allow-Headers", "x-token"},
	}, more...)}
}

// TestPreflightCache_age: how many seconds each engine remembers a response. Engines
// that aren't listed do what the standard does.
func TestPreflightCache_age(t *testing.T) {
	const unlimited = 1<<31 - 1
	for name, test := range map[string]struct {
		lines []string // values of Access-Control-Max-Age
		want  map[cors.Engine]int
	}{
		"none":                   {nil, map[cors.Engine]int{cors.Standard: 5}},
		"an hour":                {[]string{"3600"}, map[cors.Engine]int{cors.Standard: 3600, cors.WebKit: 600}},
		"ten minutes":            {[]string{"600"}, map[cors.Engine]int{cors.Standard: 600}},
		"more than two hours":    {[]string{"7201"}, map[cors.Engine]int{cors.Standard: 7201, cors.Chromium: 7200, cors.WebKit: 600}},
		"more than a day":        {[]string{"86401"}, map[cors.Engine]int{cors.Standard: 86401, cors.Chromium: 7200, cors.Firefox: 86400, cors.WebKit: 600}},
		"more than 32 bits":      {[]string{"99999999999999999999"}, map[cors.Engine]int{cors.Standard: unlimited, cors.Chromium: 7200, cors.Firefox: 86400, cors.WebKit: 600}},
		"zero":                   {[]string{"0"}, map[cors.Engine]int{cors.Standard: 0}},
		"leading zeros":          {[]string{"0060"}, map[cors.Engine]int{cors.Standard: 60}},
		"surrounded by space":    {[]string{" \t60 "}, map[cors.Engine]int{cors.Standard: 60}},
		"negative is invalid":    {[]string{"-1"}, map[cors.Engine]int{cors.Standard: 5, cors.Chromium: 0, cors.Firefox: 0, cors.WebKit: 0}},
		"a word is invalid":      {[]string{"soon"}, map[cors.Engine]int{cors.Standard: 5, cors.Firefox: 0}},
		"a sign is invalid":      {[]string{"+60"}, map[cors.Engine]int{cors.Standard: 5, cors.Firefox: 0}},
		"a fraction is invalid":  {[]string{"60.5"}, map[cors.Engine]int{cors.Standard: 5, cors.Firefox: 0}},
		"empty is invalid":       {[]string{""}, map[cors.Engine]int{cors.Standard: 5, cors.Firefox: 0}},
		"two lines are invalid":  {[]string{"60", "60"}, map[cors.Engine]int{cors.Standard: 5, cors.Firefox: 0}},
		"two values are invalid": {[]string{"60, 60"}, map[cors.Engine]int{cors.Standard: 5, cors.Firefox: 0}},
	} {
		t.Run(name, func(t *testing.T) {
			var headers [][2]string
			for _, line := range test.lines {
				headers = append(headers, [2]string{"Access-Control-Max-Age", line})
			}
			for _, engine := range cors.Engines() {
				want, ok := test.want[engine]
				if !ok {
					want = test.want[cors.Standard]
				}
				checkAge(t, engine, allowing(headers...), time.Duration(want)*time.Second)
			}
		})
	}
}

// checkAge: a response is remembered until it reaches the age.
func checkAge(t *testing.T, engine cors.Engine, response cors.Response, age time.Duration) {
	t.Helper()
	cache := cors.PreflightCache{Engine: engine}
	cache.Store(putPreflight, response, start)
	if last := start.Add(age - time.Nanosecond); age > 0 && !cache.Covers(putPreflight, last) {
		t.Errorf("%s: forgotten before %v", engine, age)
	}
	if cache.Covers(putPreflight, start.Add(age)) {
		t.Errorf("%s: remembered at %v", engine, age)
	}
}

// TestPreflightCache_Covers: which later preflights one response makes needless, in
// every engine unless some are listed.
func TestPreflightCache_Covers(t *testing.T) {
	wildcard := cors.Response{Status: 204, Headers: [][2]string{{"Access-Control-Allow-Methods", "*"}, {"Access-Control-Allow-Headers", "*"}}}
	with := func(change func(*cors.Preflight)) cors.Preflight {
		p := putPreflight
		change(&p)
		return p
	}
	credentialed := with(func(p *cors.Preflight) { p.Credentials = true })
	forced := cors.Preflight{Origin: putPreflight.Origin, URL: putPreflight.URL, Method: "POST", Forced: true}
	for name, test := range map[string]struct {
		first    cors.Preflight
		response cors.Response
		then     cors.Preflight
		want     bool
		unlike   []cors.Engine // engines that do the opposite
	}{
		"the same":                          {putPreflight, allowing(), putPreflight, true, nil},
		"the method alone":                  {putPreflight, allowing(), with(func(p *cors.Preflight) { p.Names = nil }), true, nil},
		"the header alone":                  {putPreflight, allowing(), with(func(p *cors.Preflight) { p.Method = "GET" }), true, nil},
		"another method":                    {putPreflight, allowing(), with(func(p *cors.Preflight) { p.Method = "DELETE" }), false, nil},
		"the method in lower case":          {putPreflight, allowing(), with(func(p *cors.Preflight) { p.Method = "put" }), false, nil},
		"another header":                    {putPreflight, allowing(), with(func(p *cors.Preflight) { p.Names = []string{"x-other", "x-token"} }), false, nil},
		"a header that was listed":          {putPreflight, allowing([2]string{"Access-Control-Allow-Headers", "X-Other"}), with(func(p *cors.Preflight) { p.Names = []string{"x-other"} }), true, nil},
		"a method that was listed":          {putPreflight, allowing([2]string{"Access-Control-Allow-Methods", "DELETE"}), with(func(p *cors.Preflight) { p.Method = "DELETE" }), true, nil},
		"another URL":                       {putPreflight, allowing(), with(func(p *cors.Preflight) { p.URL += "/1" }), false, nil},
		"another origin":                    {putPreflight, allowing(), with(func(p *cors.Preflight) { p.Origin = "http://127.0.0.1:8080" }), false, nil},
		"any method by *":                   {putPreflight, wildcard, with(func(p *cors.Preflight) { p.Method = "PURGE" }), true, nil},
		"any header by *":                   {putPreflight, wildcard, with(func(p *cors.Preflight) { p.Names = []string{"x-other"} }), true, nil},
		"Authorization is not covered by *": {putPreflight, wildcard, with(func(p *cors.Preflight) { p.Names = []string{"authorization"} }), false, nil},
		"with credentials, then":            {putPreflight, allowing(), credentialed, false, nil},
		"without credentials, then":         {credentialed, allowing(), putPreflight, true, []cors.Engine{cors.Firefox}},
		"forced, no list":                   {forced, cors.Response{Status: 204}, forced, true, nil},
		"forced, another list":              {forced, allowing(), forced, false, nil},
		"forced after a POST":               {with(func(p *cors.Preflight) { p.Method = "POST" }), allowing(), forced, false, nil},
	} {
		t.Run(name, func(t *testing.T) {
			for _, engine := range cors.Engines() {
				want := test.want
				for _, other := range test.unlike {
					want = want != (other == engine)
				}
				cache := cors.PreflightCache{Engine: engine}
				cache.Store(test.first, test.response, start)
				if got := cache.Covers(test.then, start.Add(time.Second)); got != want {
					t.Errorf("%s: Covers() = %t, want %t", engine, got, want)
				}
			}
		})
	}
}

// TestPreflightCache_newer: in the standard, a second response adds to the first.
// Chromium and WebKit keep only the newer one.
func TestPreflightCache_newer(t *testing.T) {
	deletePreflight := putPreflight
	deletePreflight.Method, deletePreflight.Names = "DELETE", nil
	response := cors.Response{Status: 204, Headers: [][2]string{{"Access-Control-Allow-Methods", "DELETE"}}}
	for engine, want := range map[cors.Engine]bool{
		cors.Standard: true, cors.Firefox: true, cors.Chromium: false, cors.WebKit: false,
	} {
		cache := cors.PreflightCache{Engine: engine}
		cache.Store(putPreflight, allowing(), start)
		cache.Store(deletePreflight, response, start)
		if got := cache.Covers(putPreflight, start); got != want {
			t.Errorf("%s: Covers(PUT) = %t, want %t", engine, got, want)
		}
		if !cache.Covers(deletePreflight, start) {
			t.Errorf("%s: Covers(DELETE) = false, want true", engine)
		}
	}
}

// TestPreflightCache_bounded: the cache holds a limited number of entries, the newest
// ones.
func TestPreflightCache_bounded(t *testing.T) {
	cache := cors.PreflightCache{Engine: cors.Standard}
	first, last := putPreflight, putPreflight
	cache.Store(first, allowing(), start)
	for range 200 {
		last.URL += "x"
		cache.Store(last, allowing(), start)
	}
	if cache.Covers(first, start) || !cache.Covers(last, start) {
		t.Errorf("Covers(first), Covers(last) = %t, %t, want false, true", cache.Covers(first, start), cache.Covers(last, start))
	}
}

// TestPreflightCache_memory: a cache uses little memory for long responses, because it
// holds on to neither the lines nor the lists made from them. It still has the first
// names.
func TestPreflightCache_memory(t *testing.T) {
	const caches, most = 8, 64 << 10 // bytes each
	for name, line := range map[string]func(i int) string{
		"many names": func(i int) string {
			var names strings.Builder
			for j := range 500 {
				fmt.Fprintf(&names, "x-%d-%d,", i, j)
			}
			return names.String()
		},
		"long lines": func(i int) string { return fmt.Sprintf("x-%d-0", i) + strings.Repeat(",", 4000) },
		"long names": func(i int) string { return fmt.Sprintf("x-%d-0,", i) + strings.Repeat("x", 4000+i) },
	} {
		t.Run(name, func(t *testing.T) {
			asked := putPreflight
			asked.Names = []string{"x-0-0"}
			full := make([]cors.PreflightCache, caches)
			before := heap()
			for i := range full {
				response := allowing()
				for j := range 39 {
					response.Headers = append(response.Headers, [2]string{"Access-Control-Allow-Headers", line(j)})
				}
				full[i].Store(putPreflight, response, start)
			}
			if each := (heap() - before) / caches; each > most {
				t.Errorf("a cache keeps %d bytes, want at most %d", each, most)
			}
			for i := range full {
				if !full[i].Covers(asked, start) || !full[i].Covers(putPreflight, start) {
					t.Fatal("Covers() = false, want true")
				}
			}
		})
	}
}

// heap is the number of bytes in use.
func heap() int64 {
	var stats runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&stats)
	return int64(stats.HeapAlloc)
}

// TestPreflightCache_repeated: repeated elements of a list don't use up the space of
// those after them.
func TestPreflightCache_repeated(t *testing.T) {
	asked := putPreflight
	asked.Names = []string{"x-last"}
	cache := cors.PreflightCache{Engine: cors.Standard}
	again := strings.Repeat("x-token, ", 1000)
	cache.Store(putPreflight, allowing([2]string{"Access-Control-Allow-Headers", again + "x-last"}), start)
	if !cache.Covers(asked, start) {
		t.Error("Covers() = false, want true")
	}
}

// TestPreflightOf: the preflight that an exchange begins with.
func TestPreflightOf(t *testing.T) {
	for name, test := range map[string]struct {
		url     string
		request cors.Request
		want    bool
	}{
		"PUT":                {"http://localhost:8000/", cors.Request{Method: "put"}, true},
		"GET":                {"http://localhost:8000/", cors.Request{}, false},
		"a header":           {"http://localhost:8000/", cors.Request{Headers: [][2]string{{"X-Token", "1"}}}, true},
		"an upload listener": {"http://localhost:8000/", cors.Request{Initiator: "xhr", Method: "POST", Body: "text", UploadListener: true}, true},
		"the page's origin":  {"http://localhost:8080/", cors.Request{Method: "PUT"}, false},
		"mode no-cors":       {"http://localhost:8000/", cors.Request{Mode: "no-cors"}, false},
		"an invalid request": {"http://localhost:8000/", cors.Request{Method: "TRACE"}, false},
		"an invalid URL":     {"http://", cors.Request{Method: "PUT"}, false},
	} {
		exchange := cors.Exchange{Origin: "http://localhost:8080", Request: test.request, Hops: []cors.Hop{{URL: test.url}}}
		for _, engine := range cors.Engines() {
			if _, got := cors.PreflightOf(exchange, engine); got != test.want {
				t.Errorf("%s: PreflightOf() in %s = %t, want %t", name, engine, got, test.want)
			}
		}
	}
}
