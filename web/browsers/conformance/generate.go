package conformance

import (
	"fmt"
	"math/rand/v2"

	"corslab/lab/cors"
)

// Generate returns n exchanges. Each depends only on the seed and its index, so it can
// be generated again. About half are readable, and most of the others have a single
// fault.
func Generate(seed uint64, n int) []cors.Exchange {
	exchanges := make([]cors.Exchange, n)
	for i := range exchanges {
		g := &generator{Rand: rand.New(rand.NewPCG(seed, uint64(i))), id: fmt.Sprintf("g%06d", i)}
		exchanges[i] = g.exchange()
	}
	return exchanges
}

// generator makes one exchange.
type generator struct {
	*rand.Rand
	id     string
	faults int // percent of the response headers that get an odd value
}

// chance is true in this percentage of cases.
func (g *generator) chance(percent int) bool { return g.IntN(100) < percent }

// pick returns one of the choices. A choice that is listed twice is twice as likely.
func pick[T any](g *generator, choices ...T) T { return choices[g.IntN(len(choices))] }

// usually returns the first value, but in this percentage of cases one of the others.
func usually[T any](g *generator, percent int, first T, others ...T) T {
	if g.chance(percent) {
		return pick(g, others...)
	}
	return first
}

func (g *generator) exchange() cors.Exchange {
	g.faults = usually(g, 12, 5, 0, 40)
	exchange := cors.Exchange{
		ID:     g.id,
		Origin: usually(g, 35, "http://localhost:8080", "http://127.0.0.1:8080", "http://127.0.0.1:8080", "null"),
	}
	if exchange.Origin == "null" { // only Chromium knows the site of a sandboxed page
		exchange.Page = pageURL(exchange.Origin)
	}
	exchange.Request = g.request()
	exchange.Hops = g.route(exchange.Origin, exchange.Request)
	return exchange
}
