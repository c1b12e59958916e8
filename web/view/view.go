// Package view holds the components of which the lab's pages are made. All
// markup comes from here, on first load and over the socket: a component that
// replaces another carries its id, and one that goes to the end of a list names
// the list in data-into, or what it follows in data-after.
package view
