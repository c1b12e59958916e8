package conformance

import (
	"encoding/json"
	"fmt"
	"strings"
)

// ports translates between the origins in exchanges, on ports 8080 and 8000, and the
// free ports that are really used.
type ports struct{ out, back *strings.Replacer }

func newPorts(page, api int) ports {
	var out, back []string
	for _, host := range []string{"localhost", "127.0.0.1"} {
		for written, real := range map[int]int{8080: page, 8000: api} {
			from, to := fmt.Sprintf("%s:%d", host, written), fmt.Sprintf("%s:%d", host, real)
			out = append(out, from, to)
			back = append(back, to, from)
		}
	}
	return ports{strings.NewReplacer(out...), strings.NewReplacer(back...)}
}

// there returns the text with the free ports.
func (p ports) there(text string) string { return p.out.Replace(text) }

// translated returns a copy of a value in which every text is translated.
func translated[T any](r *strings.Replacer, value T) (T, error) {
	var result T
	text, err := json.Marshal(value)
	if err != nil {
		return result, fmt.Errorf("translate ports: %w", err)
	}
	if err := json.Unmarshal([]byte(r.Replace(string(text))), &result); err != nil {
		return result, fmt.Errorf("translate ports: %w", err)
	}
	return result, nil
}
