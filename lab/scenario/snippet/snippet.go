// Package snippet writes a script's request the way a developer would: as
// JavaScript, and as a command for curl.
package snippet
