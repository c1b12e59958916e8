package fields

import (
	"fmt"
	"regexp"
	"slices"
)

// pageRelations lists the relations between the pages of a list. Other relations can
// make a browser load something, connect, or look up a name. Firefox even loads the
// next page in advance, so the URL is confined too.
func pageRelations() []string {
	return []string{"first", "last", "next", "prev", "previous", "self", "up"}
}

var link = regexp.MustCompile(`^<([^<>"\\ ]*)>; ?rel=("([a-z]+)"|([a-z]+))(, ?|$)`)

// checkLink says what is wrong with a Link field, or returns "".
func checkLink(value string, to Targets) string {
	for rest := value; rest != ""; {
		found := link.FindStringSubmatch(rest)
		if found == nil {
			return "found " + quote(rest)
		}
		if relation := found[3] + found[4]; !slices.Contains(pageRelations(), relation) {
			return fmt.Sprintf("found the relation %s", quote(relation))
		}
		if wrong := to.check(found[1]); wrong != "" {
			return wrong
		}
		rest = rest[len(found[0]):]
	}
	return ""
}
