// Package view holds the components that the lab's pages are made of. All markup comes
// from here, on first load and over the socket. A component that replaces another
// carries its id. One that is appended to a list names the list in data-into, or names
// the element before it in data-after.
package view
