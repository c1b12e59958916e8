package fields

import "strings"

// Cookie is a Set-Cookie field, with the parts that decide where the cookie goes.
type Cookie struct {
	Name   string
	Domain string // in lowercase, without a leading dot; "" for this host only
	Path   string // starts with a slash; "/" if the field has no valid path

	parts []string // the pair and the attributes, without Path
	at    int      // the position of Path in parts
}

// ParseCookie reads a Set-Cookie field as browsers do. Attributes can be in any case
// and have spaces around them, the last one of each name counts, and a Path that
// doesn't start with a slash is ignored
// (https://www.rfc-editor.org/rfc/rfc6265#section-5.2).
func ParseCookie(value string) Cookie {
	pair, rest, more := strings.Cut(value, ";")
	name, _, named := strings.Cut(pair, "=")
	if !named {
		name = ""
	}
	c := Cookie{Name: strings.Trim(name, " \t"), Path: "/", parts: []string{pair}, at: 1}
	for more {
		var attribute string
		attribute, rest, more = strings.Cut(rest, ";")
		c.take(attribute)
	}
	c.at = min(c.at, len(c.parts))
	return c
}

func (c *Cookie) take(attribute string) {
	key, value, _ := strings.Cut(attribute, "=")
	value = strings.Trim(value, " \t")
	switch strings.ToLower(strings.Trim(key, " \t")) {
	case "path":
		c.Path, c.at = "/", len(c.parts)
		if strings.HasPrefix(value, "/") {
			c.Path = value
		}
		return
	case "domain":
		c.Domain = strings.ToLower(strings.TrimPrefix(value, "."))
	}
	c.parts = append(c.parts, attribute)
}

// Under returns the cookie with exactly one Path, below a folder such as "/session".
// The field's own Path is relative to that folder.
func (c Cookie) Under(folder string) string {
	path := " Path=" + folder + c.Path
	parts := append(append(append([]string{}, c.parts[:c.at]...), path), c.parts[c.at:]...)
	return strings.Join(parts, ";")
}

// Key identifies a cookie as a browser does: by name, domain and path.
func (c Cookie) Key() string { return c.Name + ";" + c.Domain + ";" + c.Path }
