package session

import "time"

// clients are those that have sessions, or opened some recently.
type clients map[Client]*client

// client counts a client's sessions and limits how fast it opens more: each new
// session costs a token, and tokens grow back over time.
type client struct {
	sessions int
	tokens   float64
	filled   time.Time // when tokens were last counted
}

// of returns the client with its tokens as of now. A new client has the tokens of
// one minute.
func (all clients) of(name Client, perMinute int, now time.Time) *client {
	c := all[name]
	if c == nil {
		c = &client{tokens: float64(perMinute), filled: now}
		all[name] = c
	}
	c.fill(perMinute, now)
	return c
}

func (c *client) fill(perMinute int, now time.Time) {
	grown := now.Sub(c.filled).Minutes() * float64(perMinute)
	c.tokens, c.filled = min(c.tokens+max(0, grown), float64(perMinute)), now
}

// largest is the number of sessions of the client that has the most.
func (all clients) largest() (sessions int) {
	for _, c := range all {
		sessions = max(sessions, c.sessions)
	}
	return sessions
}

// forget removes the clients that have no session and all their tokens.
func (all clients) forget(perMinute int, now time.Time) {
	for name, c := range all {
		if c.fill(perMinute, now); c.sessions == 0 && c.tokens >= float64(perMinute) {
			delete(all, name)
		}
	}
}
