package client

import "slices"

// Held is what clients have of something, such as connections. It bounds
// nothing: who uses it decides who gets one more, and has a lock around it.
type Held[T comparable] struct {
	clients map[ID][]T // oldest first; those of a client without any are gone
	count   int
}

// Of returns what a client has, oldest first. It isn't to be changed.
func (h *Held[T]) Of(id ID) []T { return h.clients[id] }

// Count is how many all clients have together.
func (h *Held[T]) Count() int { return h.count }

// Largest returns what the client has that has most, oldest first.
func (h *Held[T]) Largest() (largest []T) {
	for _, held := range h.clients {
		if len(held) > len(largest) {
			largest = held
		}
	}
	return largest
}

// Add gives a client one more.
func (h *Held[T]) Add(id ID, one T) {
	if h.clients == nil {
		h.clients = make(map[ID][]T)
	}
	h.clients[id] = append(h.clients[id], one)
	h.count++
}

// Remove takes one from its client, and reports false where the client doesn't
// have it.
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
