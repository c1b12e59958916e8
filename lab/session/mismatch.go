package session

import (
	"fmt"
	"mime"

	"corslab/lab/cors"
	"corslab/lab/policy"
)

// mismatch says why the response doesn't suit the script's kind, apart from CORS, or ""
// if it does. If it doesn't, the page gets an error, just as after a CORS failure.
func (c *call) mismatch() string {
	if c.Script.Kind.GivesResponse() {
		return ""
	}
	hops := c.hops()
	response := hops[len(hops)-1].Response
	if response == nil {
		return ""
	}
	want := policy.ContentType(c.Script.URL)
	found, _, _ := mime.ParseMediaType(contentTypeOf(response))
	if response.Status/100 == 2 && response.Status != 204 && found == want {
		return ""
	}
	return fmt.Sprintf("That is not CORS. What uses the answer wants a status of success and the type %s, and found status %d and %s. The page is told no more than after a failure of CORS.",
		want, response.Status, orNothing(found))
}

func contentTypeOf(response *cors.Response) string {
	for _, h := range response.Headers {
		if h[0] == "Content-Type" {
			return h[1]
		}
	}
	return ""
}

func orNothing(found string) string {
	if found == "" {
		return "no type"
	}
	return "the type " + found
}
