package cors_test

import (
	"testing"

	"corslab/lab/cors"
)

func TestOriginHeader(t *testing.T) {
	const page, secure, api = "http://localhost:8080", "https://localhost:8080", "http://localhost:8000/messages"
	for name, test := range map[string]struct {
		origin  string
		request cors.Request
		url     string
		want    string
	}{
		"GET of another origin":                              {page, cors.Request{}, api, page},
		"GET of another origin without CORS":                 {page, cors.Request{Mode: "no-cors"}, api, ""},
		"GET of the page's own origin":                       {page, cors.Request{}, page + "/messages", ""},
		"POST to the page's own origin":                      {page, cors.Request{Method: "POST"}, page + "/messages", page},
		"an opaque origin":                                   {"null", cors.Request{}, api, "null"},
		"a request that the browser refuses":                 {page, cors.Request{Method: "TRACE"}, api, ""},
		"POST without CORS":                                  {page, cors.Request{Method: "POST", Mode: "no-cors"}, api, page},
		"POST without CORS from https to http":               {secure, cors.Request{Method: "POST", Mode: "no-cors"}, api, "null"},
		"POST without CORS under no-referrer":                {page, cors.Request{Method: "POST", Mode: "no-cors", ReferrerPolicy: "no-referrer"}, api, "null"},
		"POST under no-referrer":                             {page, cors.Request{Method: "POST", ReferrerPolicy: "no-referrer"}, api, page},
		"POST without CORS under same-origin":                {page, cors.Request{Method: "POST", Mode: "no-cors", ReferrerPolicy: "same-origin"}, api, "null"},
		"POST to the page's own origin under same-origin":    {page, cors.Request{Method: "POST", Mode: "same-origin", ReferrerPolicy: "same-origin"}, page + "/", page},
		"POST to the page's own origin under no-referrer":    {page, cors.Request{Method: "POST", Mode: "same-origin", ReferrerPolicy: "no-referrer"}, page + "/", "null"},
		"POST without CORS from https under unsafe-url":      {secure, cors.Request{Method: "POST", Mode: "no-cors", ReferrerPolicy: "unsafe-url"}, api, secure},
		"POST without CORS from https under origin":          {secure, cors.Request{Method: "POST", Mode: "no-cors", ReferrerPolicy: "origin"}, api, secure},
		"POST without CORS from https under strict-origin":   {secure, cors.Request{Method: "POST", Mode: "no-cors", ReferrerPolicy: "strict-origin"}, api, "null"},
		"POST without CORS from https to https, by default":  {secure, cors.Request{Method: "POST", Mode: "no-cors"}, "https://localhost:8000/", secure},
		"GET without CORS under no-referrer carries nothing": {page, cors.Request{Mode: "no-cors", ReferrerPolicy: "no-referrer"}, api, ""},
	} {
		t.Run(name, func(t *testing.T) {
			if got := cors.OriginHeader(cors.Exchange{Origin: test.origin, Request: test.request, Hops: []cors.Hop{{URL: test.url}}}, cors.Standard); got != test.want {
				t.Errorf("OriginHeader() = %q, want %q", got, test.want)
			}
		})
	}
}
