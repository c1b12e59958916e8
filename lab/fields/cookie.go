package fields

import "strings"

// Cookie is a Set-Cookie field, as far as it decides over where the cookie goes.
type Cookie struct {
	Name   string
	Domain string // in lower case, without a leading dot; "" for the host alone
	Path   string // it begins with a slash; "/" where the field has none that counts

	parts []string // the pair and the attributes but Path
	at    int      // where in parts the Path goes
}

// ParseCookie reads a Set-Cookie field as browsers do: attributes in any case,
// with spaces around them, the last of each name counts, and a Path that does
// not begin with a slash counts as none
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

// Under is the cookie with exactly one Path, below a folder such as
// "/session": what the field itself says of its path is read below that folder.
func (c Cookie) Under(folder string) string {
	path := " Path=" + folder + c.Path
	parts := append(append(append([]string{}, c.parts[:c.at]...), path), c.parts[c.at:]...)
	return strings.Join(parts, ";")
}

// Key tells cookies apart as a browser does: by name, domain and path.
func (c Cookie) Key() string { return c.Name + ";" + c.Domain + ";" + c.Path }
