package view

import (
	"strings"

	"corslab/lab/cors"
)

// browserNames lists the browsers that a difference concerns.
func browserNames(engines []cors.Engine) string {
	names := make([]string, len(engines))
	for i, engine := range engines {
		names[i] = capitalized(engineName(engine))
	}
	return strings.Join(names, ", ")
}
