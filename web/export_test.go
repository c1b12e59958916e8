package web

import (
	"corslab/lab/session"

	"github.com/go-chi/chi/v5"
)

// Routes are the maps of the page origin, and of the other origins of its
// listener.
func (l *Lab) Routes() (lab, callers chi.Routes) { return l.page.Lab, l.page.Callers }

// Sessions are those of the lab.
func (l *Lab) Sessions() *session.Store { return l.sessions }

// Within reduces limits to what a process with so many descriptors can have open.
func Within(l Limits, descriptors int) (Limits, error) { return l.within(descriptors) }
