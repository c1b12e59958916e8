package session

import (
	"fmt"
	"mime"

	"corslab/lab/cors"
	"corslab/lab/scenario"
)

// unfit says what else than CORS a script's kind wants of the answer and does
// not find in it, "" where it finds all. The page is told of an error then,
// just as after a failure of CORS.
func (c *Call) unfit() string {
	if c.Script.Kind.GivesResponse() {
		return ""
	}
	hops := c.hops()
	if len(hops) == 0 || hops[len(hops)-1].Response == nil {
		return ""
	}
	answer := hops[len(hops)-1].Response
	want := scenario.ContentType(c.Script.URL)
	found, _, _ := mime.ParseMediaType(contentTypeOf(answer))
	if answer.Status/100 == 2 && answer.Status != 204 && found == want {
		return ""
	}
	return fmt.Sprintf("That is not CORS. What uses the answer wants a status of success and the type %s, and found status %d and %s. The page is told no more than after a failure of CORS.",
		want, answer.Status, orNothing(found))
}

func contentTypeOf(a *cors.Response) string {
	for _, h := range a.Headers {
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
