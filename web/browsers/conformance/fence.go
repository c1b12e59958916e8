package conformance

import (
	"fmt"
	"net/http"

	"corslab/lab/cors"
)

// fencePrefix begins the ids of fences.
const fencePrefix = "fence"

// fence returns an exchange that fails, and that every browser reports.
func fence(origin string, number int) cors.Exchange {
	id := fmt.Sprint(fencePrefix, number)
	return cors.Exchange{ID: id, Origin: origin, Hops: []cors.Hop{{
		URL:      "http://localhost:8000/" + id,
		Response: &cors.Response{Status: http.StatusOK},
	}}}
}
