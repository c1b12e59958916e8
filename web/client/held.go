package client

import "slices"

// Held records what each client has, such as connections. It sets no bounds and has no
// lock: the caller does that.
type Held[T comparable] struct {
	clients map[ID][]T // oldest first; clients without any are removed
	count   int
}

// Of returns what a client has, oldest first. Don't change the slice.
func (h *Held[T]) Of(id ID) []T { return h.clients[id] }

// Count returns the number that all clients have together.
func (h *Held[T]) Count() int { return h.count }

// Largest returns what the client with the most has, oldest first.
func (h *Held[T]) Largest() (largest []T) {
	for _, held := range h.clients {
		if len(held) > len(largest) {
			largest = held
		}
	}
	return largest
}

// Add records one more for a client.
func (h *Held[T]) Add(id ID, one T) {
	if h.clients == nil {
		h.clients = make(map[ID][]T)
	}
	h.clients[id] = append(h.clients[id], one)
	h.count++
}

// Remove removes one from its client, and reports whether the client had it.
func (h *Held[T]) Remove(id ID, one T) bool {
	held := h.clients[id]
	at := slices.Index(held, one)
	if at < 0 {
		return false
	}
	h.count--
	if len(held) == 1 {
		delete(h.clients, id)
		return true
	}
	h.clients[id] = slices.Delete(held, at, at+1)
	return true
}
