package web

import (
	"corslab/lab/session"

	"github.com/go-chi/chi/v5"
)

// Routes returns the routes of the page origin, and those of the other origins that use
// the same listener.
func (l *Lab) Routes() (lab, callers chi.Routes) { return l.page.Lab, l.page.Callers }

// Sessions returns the lab's sessions.
func (l *Lab) Sessions() *session.Store { return l.sessions }

// Within reduces limits to what a process with this many descriptors can have open.
func Within(l Limits, descriptors int) (Limits, error) { return l.within(descriptors) }
