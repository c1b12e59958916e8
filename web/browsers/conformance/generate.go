package conformance

import (
	"fmt"
	"math/rand/v2"

	"corslab/lab/cors"
)

// Generate returns n exchanges. The one at an index depends on that and the
// seed only, so that it can be made again. About half are readable, and most
// of the others miss that by one fault.
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
	faults int // percent of the answers' headers that are drawn from the odd ones
}

// chance is true in so many of a hundred cases.
func (g *generator) chance(percent int) bool { return g.IntN(100) < percent }

// pick returns one of the choices; one that stands twice is twice as likely.
func pick[T any](g *generator, choices ...T) T { return choices[g.IntN(len(choices))] }

// usually returns the first value, but in so many of a hundred cases another.
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
	if exchange.Origin == "null" { // Chromium knows of which site the sandboxed page is
		exchange.Page = pageURL(exchange.Origin)
	}
	exchange.Request = g.request()
	exchange.Hops = g.route(exchange.Origin, exchange.Request)
	return exchange
}
