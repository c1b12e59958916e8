package cors

import (
	"slices"
	"strconv"
)

// narrowed leaves of a wording's causes those that the values allow.
func narrowed(w Wording, values []Value) Wording {
	if len(w.Causes) < 2 {
		return w
	}
	for _, value := range values {
		if left := intersection(w.Causes, causesOf(w, value)); len(left) > 0 {
			w.Causes = left
		}
	}
	return w
}

// causesOf lists the causes with which a wording can have the value, the
// likeliest first; nil where the value decides nothing.
func causesOf(w Wording, value Value) []Cause {
	switch value.What {
	case "value":
		if w.Engine == Firefox {
			return []Cause{causeOfMismatch(value.Text, 1)}
		}
	case "method":
		return []Cause{causeOfMethod(value.Text)}
	case "status":
		status, err := strconv.Atoi(value.Text)
		switch {
		case err != nil:
			return nil
		case isRedirectStatus(status):
			return append([]Cause{PreflightRedirect}, w.Causes...)
		}
		return slices.DeleteFunc(slices.Clone(w.Causes), func(c Cause) bool { return c == PreflightRedirect })
	}
	return nil
}

// causeOfMethod is why a script may not use the method, where it may not.
func causeOfMethod(method string) Cause {
	switch {
	case !isToken(method):
		return RequestInvalid
	case isForbiddenMethod(method):
		return MethodForbidden
	}
	return ModeNoCORS
}

// intersection is what of a stands in b, in the order of b.
func intersection[T comparable](a, b []T) []T {
	var both []T
	for _, item := range b {
		if slices.Contains(a, item) && !slices.Contains(both, item) {
			both = append(both, item)
		}
	}
	return both
}
