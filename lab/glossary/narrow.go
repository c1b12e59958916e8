package glossary

import (
	"slices"
	"strconv"

	"corslab/lab/cors"
	"corslab/lab/origin"
)

// narrowed drops the causes of a phrase that the values rule out.
func narrowed(p Phrase, values []Value) Phrase {
	if len(p.Causes) < 2 {
		return p
	}
	for _, value := range values {
		if left := intersection(p.Causes, causesOf(p, value)); len(left) > 0 {
			p.Causes = left
		}
	}
	return p
}

// causesOf lists the causes that fit the value, the likeliest first. It returns nil if
// the value decides nothing. A cause that the phrase doesn't have decides nothing
// either.
func causesOf(p Phrase, value Value) []cors.Cause {
	switch value.What {
	case "value":
		return []cors.Cause{causeOfOrigin(value.Text)} // no other header's value leaves several causes open
	case "method":
		return []cors.Cause{causeOfMethod(value.Text)}
	case "status":
		status, err := strconv.Atoi(value.Text)
		switch {
		case err != nil:
			return nil
		case causeOfStatus(status) == cors.PreflightRedirect:
			return append([]cors.Cause{cors.PreflightRedirect}, p.Causes...)
		}
		return slices.DeleteFunc(slices.Clone(p.Causes), func(c cors.Cause) bool { return c == cors.PreflightRedirect })
	}
	return nil
}

// causeOfOrigin is the judge's cause for this Access-Control-Allow-Origin value, given
// that it doesn't match the page's origin.
func causeOfOrigin(value string) cors.Cause {
	allow := [][2]string{{"Access-Control-Allow-Origin", value}}
	return judged(cors.Request{}, cors.Hop{Response: &cors.Response{Status: 200, Headers: allow}})
}

// causeOfMethod says why a script can't use the method, if it can't.
func causeOfMethod(method string) cors.Cause {
	return judged(cors.Request{Method: method, Mode: cors.NoCORSMode}, cors.Hop{})
}

// causeOfStatus is the judge's cause for a preflight response with this status and a
// Location header.
func causeOfStatus(status int) cors.Cause {
	elsewhere := [][2]string{{"Access-Control-Allow-Origin", "*"}, {"Location", "/"}}
	return judged(cors.Request{Method: "PUT"}, cors.Hop{Preflight: &cors.Response{Status: status, Headers: elsewhere}})
}

func judged(request cors.Request, hop cors.Hop) cors.Cause {
	page, api := origin.HTTP("page.invalid", ""), origin.HTTP("api.invalid", "")
	hop.URL = api.URL("/")
	return cors.Judge(cors.Exchange{Origin: page.String(), Request: request, Hops: []cors.Hop{hop}}, cors.Standard).Cause
}
