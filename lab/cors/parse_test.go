package cors_test

import (
	"strings"
	"testing"

	"corslab/lab/cors"
)

func TestParseExchange_bad(t *testing.T) {
	const start, end = `{"origin":"http://a","request":{"headers":[`, `]},"hops":[{"url":"http://b/"}]}`
	for name, test := range map[string]struct{ line, want string }{
		"null":                     {`null`, "found a JSON null; want a JSON object"},
		"a request of null":        {`{"origin":"http://a","request":null,"hops":[{"url":"http://b/"}]}`, "request: found null; want an object"},
		"a hop of null":            {`{"origin":"http://a","hops":[{"url":"http://b/"},null]}`, "hops[1]: found null; want an object"},
		"bad UTF-8":                {"{\"id\":\"é\xff\"}", "byte 10: found the byte 0xff; want UTF-8"},
		"a status of 1e3":          {`{"hops":[{"response":{"status":1e3}}]}`, "hops.response.status: found 1e3; want a whole number of three digits"},
		"a very long status":       {`{"hops":[{"response":{"status":` + strings.Repeat("1", 1000) + `}}]}`, "hops.response.status: found " + strings.Repeat("1", 60) + "…; want a whole number of three digits"},
		"1001 header lines":        {start + strings.Repeat(`["A",""],`, 1000) + `["A",""]` + end, "request.headers: found 1001 lines; want at most 1000"},
		"a list of 1002":           {start + `["A","` + strings.Repeat(",", 1001) + `"]` + end, "request.headers: found 1001 commas in the values; want at most 1000"},
		"a value of 256 kB":        {start + `["A","` + strings.Repeat("é", 256<<10) + `"]` + end, "request.headers: found 262145 bytes of names and values; want at most 262144"},
		"twelve bad headers":       {`{"origin":"http://a","hops":[{"url":"http://b/","response":{"status":200,"headers":[` + strings.Repeat(`["",""],`, 11) + `["",""]]}}]}`, "hops[0].response.headers[0]: found the name \"\"; want a token such as X-Custom; …; hops[0].response.headers[9]: found the name \"\"; want a token such as X-Custom; and 2 more"},
		"a response of 1001 lines": {`{"origin":"http://a","hops":[{"url":"http://b/","preflight":{"status":200,"headers":[` + strings.Repeat(`["",""],`, 1000) + `["",""]]}}]}`, "hops[0].preflight.headers: found 1001 lines; want at most 1000"},
		"a request and a hop":      {`{"origin":"http://a","request":null,"hops":[null]}`, "request: found null; want an object"},
		"a second list of one":     {`{"hops":[{}],"hops":[null]}`, "hops[0]: found null; want an object"},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := cors.ParseExchange([]byte(test.line))
			if err == nil {
				t.Fatalf("ParseExchange() = nil, want %q", test.want)
			}
			got := err.Error()
			if first, last, found := strings.Cut(test.want, "; …; "); found {
				if !strings.HasPrefix(got, first+"; ") || !strings.HasSuffix(got, "; "+last) || strings.Count(got, "found") != 10 {
					t.Errorf("ParseExchange() = %q, want ten problems: %q", got, test.want)
				}
			} else if got != test.want {
				t.Errorf("ParseExchange() = %q, want %q", got, test.want)
			}
		})
	}
}

// TestParseExchange_most accepts an exchange that is just within the bounds.
func TestParseExchange_most(t *testing.T) {
	for name, headers := range map[string]string{
		"lines":  strings.Repeat(`["A",""],`, 999) + `["A",""]`,
		"commas": `["A","` + strings.Repeat(",", 1000) + `"]`,
		"bytes":  `["A","` + strings.Repeat("é", 256<<10-1) + `"]`,
		"none":   ``,
	} {
		t.Run(name, func(t *testing.T) {
			line := `{"origin":"http://a","request":{"headers":[` + headers + `]},"hops":[{"url":"http://b/"}]}`
			if _, err := cors.ParseExchange([]byte(line)); err != nil {
				t.Errorf("ParseExchange() = %v, want nil", err)
			}
		})
	}
}
