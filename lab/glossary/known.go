package glossary

import "corslab/lab/cors"

// addKnown adds the phrases that the judge doesn't write: exceptions, lines of older
// versions, network errors, and messages that have no cause.
func addKnown(list []Phrase) []Phrase {
	for _, group := range []struct {
		engine         cors.Engine
		retired, vague bool
		words          []known
	}{
		{cors.Chromium, false, false, chromiumExceptions()},
		{cors.Chromium, false, false, chromiumNetwork()},
		{cors.Chromium, true, false, chromiumRetired()},
		{cors.Chromium, false, true, chromiumHints()},
		{cors.Firefox, false, false, firefoxKnown()},
		{cors.Firefox, true, false, firefoxRetired()},
		{cors.WebKit, false, false, webkitKnown()},
		{"", false, false, scriptsKnown()},
	} {
		for _, k := range group.words {
			p := k.phrase(group.engine)
			p.Retired, p.Vague = group.retired, group.vague
			list = add(list, p)
		}
	}
	return list
}

// known is a phrase with its possible causes.
type known struct {
	text   string
	causes []cors.Cause
	stage  cors.Stage // if the phrase says it
}

func (k known) phrase(engine cors.Engine) Phrase {
	p := Phrase{Text: k.text, Engine: engine, Causes: k.causes}
	if k.stage != "" {
		p.Stages = []cors.Stage{k.stage}
		return p
	}
	for _, cause := range k.causes {
		p.Stages = union(p.Stages, cause.Stages())
	}
	return p
}

// chromiumExceptions are messages of the Request constructor.
func chromiumExceptions() []known {
	return []known{
		{"Request with GET/HEAD method cannot have body.", []cors.Cause{cors.RequestInvalid}, ""},
		{"Failed to parse URL from {url}", []cors.Cause{cors.RequestInvalid}, ""},
		{"{method} is not a valid HTTP method.", []cors.Cause{cors.RequestInvalid}, ""},
		{"Failed to execute 'fetch' on 'Window': Invalid name", []cors.Cause{cors.RequestInvalid}, ""},
		{"Failed to execute 'fetch' on 'Window': Invalid value", []cors.Cause{cors.RequestInvalid}, ""},
		{"String contains non ISO-8859-1 code point.", []cors.Cause{cors.RequestInvalid}, ""},
		{"The `duplex` member must be specified for a request with a streaming body", []cors.Cause{cors.RequestInvalid}, ""},
		{"{method} HTTP method is unsupported.", []cors.Cause{cors.MethodForbidden}, ""},
		{"{method} is unsupported in no-cors mode.", []cors.Cause{cors.ModeNoCORS}, ""},
		{"Request cannot be constructed from a URL that includes credentials: {url}", []cors.Cause{cors.URLCredentials}, ""},
		{"DisallowedByMode", []cors.Cause{cors.ModeSameOrigin}, ""},
		{"CorsDisabledScheme", []cors.Cause{cors.Scheme}, ""},
		{"NoCorsRedirectModeNotFollow", []cors.Cause{cors.ModeNoCORS}, cors.StageRequest},
		{chromiumSchemes + "{value}", []cors.Cause{cors.Scheme, cors.RedirectScheme}, ""},
		{chromiumBlocked + chromiumSchemes + "{value}", []cors.Cause{cors.Scheme, cors.RedirectScheme}, ""},
		{"URL scheme {scheme} must be \"http\" or \"https\" for CORS request.", []cors.Cause{cors.Scheme}, ""},
		{"Not allowed to load local resource: {url}", []cors.Cause{cors.Scheme}, ""},
		{chromiumBlocked + "The response is invalid.", []cors.Cause{cors.NoResponse}, cors.StagePreflight},
		{"ERR_H2_OR_QUIC_REQUIRED", []cors.Cause{cors.StreamHTTP1}, ""},
		{"ERR_UNKNOWN_URL_SCHEME", []cors.Cause{cors.Scheme, cors.RedirectScheme}, ""},
	}
}

// chromiumNetwork are names of failures that aren't about CORS.
func chromiumNetwork() []known {
	var list []known
	for _, name := range []string{
		"CONNECTION_REFUSED", "UNEXPECTED_PROXY_AUTH", "CONNECTION_RESET", "CONNECTION_CLOSED", "CONNECTION_ABORTED", "CONNECTION_FAILED", "CONNECTION_TIMED_OUT",
		"TIMED_OUT", "NAME_NOT_RESOLVED", "ADDRESS_UNREACHABLE", "ADDRESS_INVALID", "INTERNET_DISCONNECTED", "NETWORK_CHANGED",
		"NETWORK_ACCESS_DENIED", "SSL_PROTOCOL_ERROR", "CERT_AUTHORITY_INVALID", "CERT_COMMON_NAME_INVALID", "CERT_DATE_INVALID",
		"SSL_VERSION_OR_CIPHER_MISMATCH", "PROXY_CONNECTION_FAILED", "TUNNEL_CONNECTION_FAILED", "INVALID_HTTP_RESPONSE",
		"INVALID_RESPONSE", "HTTP2_PROTOCOL_ERROR", "QUIC_PROTOCOL_ERROR", "CONTENT_LENGTH_MISMATCH", "INCOMPLETE_CHUNKED_ENCODING",
		"UNSAFE_PORT",
	} {
		list = append(list, known{"ERR_" + name, []cors.Cause{cors.NoResponse}, ""})
	}
	return list
}

// chromiumRetired are lines of older versions of Chrome, without those that WebKit
// still prints.
func chromiumRetired() []known {
	return []known{
		{"No 'Access-Control-Allow-Origin' header is present on the requested resource. Origin {origin} is therefore not allowed access.", []cors.Cause{cors.AllowOriginMissing}, ""},
		{"A wildcard '*' cannot be used in the 'Access-Control-Allow-Origin' header when the credentials flag is true.", []cors.Cause{cors.AllowOriginWildcard}, ""},
		{"Credentials flag is 'true', but the 'Access-Control-Allow-Credentials' header is {value}. It must be 'true' to allow credentials.", []cors.Cause{cors.AllowCredentials}, ""},
		{"Response for preflight has invalid HTTP status code {status}", []cors.Cause{cors.PreflightStatus}, ""},
		{"Invalid HTTP status code {status}", []cors.Cause{cors.PreflightStatus}, ""},
		{"Response for preflight is invalid (redirect)", []cors.Cause{cors.PreflightRedirect}, ""},
		{"Response for preflight is invalid", []cors.Cause{cors.PreflightStatus}, ""},
		{"Redirect location {location} has a disallowed scheme for cross-origin requests.", []cors.Cause{cors.RedirectScheme}, ""},
		{"The request was redirected to a URL ({location}) which has a disallowed scheme for cross-origin requests.", []cors.Cause{cors.RedirectScheme}, ""},
		{"The request was redirected to a URL ({location}) containing userinfo, which is disallowed for cross-origin requests.", []cors.Cause{cors.RedirectCredentials}, ""},
		{"Redirect location {location} contains a username and password, which is disallowed for cross-origin requests.", []cors.Cause{cors.RedirectCredentials}, ""},
	}
}

// chromiumHints are hints at the end of a line; the first one comes before the reason.
func chromiumHints() []known {
	checks := []cors.Cause{cors.AllowOriginMultiple, cors.AllowOriginInvalid, cors.AllowOriginMismatch}
	return []known{
		{
			"Response to preflight request doesn't pass access control check",
			append([]cors.Cause{cors.AllowOriginMissing, cors.AllowOriginWildcard, cors.AllowCredentials, cors.PreflightStatus, cors.PreflightRedirect}, checks...),
			cors.StagePreflight,
		},
		{"Have the server send the header with a valid value", checks, ""},
		{"an opaque response serves your needs, set the request's mode to 'no-cors'", append([]cors.Cause{cors.AllowOriginMissing}, checks...), ""},
	}
}

func firefoxKnown() []known {
	return []known{
		{"CORS request not http", []cors.Cause{cors.Scheme, cors.RedirectScheme}, ""},
		{"CORSRequestNotHttp", []cors.Cause{cors.Scheme, cors.RedirectScheme}, ""},
		{"The resource at {url} was blocked due to its Cross-Origin-Resource-Policy header (or lack thereof).", []cors.Cause{cors.ResourcePolicy}, ""},
		{"{url} is an url with embedded credentials.", []cors.Cause{cors.URLCredentials}, ""},
		{"Invalid request method {method}", []cors.Cause{cors.RequestInvalid, cors.MethodForbidden, cors.ModeNoCORS}, cors.StageRequest},
		{"HEAD or GET Request cannot have a body.", []cors.Cause{cors.RequestInvalid}, ""},
		{"NS_ERROR_REDIRECT_LOOP", []cors.Cause{cors.RedirectLimit}, ""},
		{"NS_ERROR_DOM_BAD_URI", []cors.Cause{cors.RedirectCredentials, cors.ModeSameOrigin, cors.Scheme}, ""},
		{"NS_ERROR_CONNECTION_REFUSED", []cors.Cause{cors.NoResponse}, ""},
		{"NS_ERROR_NET_RESET", []cors.Cause{cors.NoResponse}, ""},
		{"NS_ERROR_NET_EMPTY_RESPONSE", []cors.Cause{cors.NoResponse}, ""},
		{"NS_ERROR_UNKNOWN_HOST", []cors.Cause{cors.NoResponse}, ""},
		{"NS_ERROR_NET_TIMEOUT", []cors.Cause{cors.NoResponse}, ""},
		{"CORSMIssingAllowCredentials", []cors.Cause{cors.AllowCredentials}, ""},
	}
}

func firefoxRetired() []known {
	return []known{
		{"CORS request failed", []cors.Cause{cors.NoResponse, cors.RedirectCredentials}, ""},
		{"CORS preflight channel did not succeed", []cors.Cause{cors.PreflightStatus, cors.PreflightRedirect, cors.NoResponse}, cors.StagePreflight},
		{"missing token {header} in CORS header 'Access-Control-Allow-Headers' from CORS preflight channel", []cors.Cause{cors.HeaderNotAllowed}, ""},
		{"missing token {header} in CORS header 'Access-Control-Allow-Headers' from CORS preflight response", []cors.Cause{cors.HeaderNotAllowed}, ""},
	}
}

func webkitKnown() []known {
	return []known{
		// Without a status: Safari before 15, and Chrome before 31.
		{"Origin {origin} is not allowed by Access-Control-Allow-Origin", []cors.Cause{cors.AllowOriginMissing, cors.AllowOriginMultiple, cors.AllowOriginInvalid, cors.AllowOriginMismatch}, ""},
		{"Preflight response is not successful", []cors.Cause{cors.PreflightStatus, cors.PreflightRedirect}, ""},
		{"Cross origin requests are only supported for HTTP.", []cors.Cause{cors.Scheme}, ""},
		{"URL is not valid or contains user credentials.", []cors.Cause{cors.URLCredentials, cors.RequestInvalid}, ""},
		{"Request has method {method} and cannot have a body", []cors.Cause{cors.RequestInvalid}, ""},
		{"Method is not a valid HTTP token.", []cors.Cause{cors.RequestInvalid}, ""},
		{"Method is forbidden.", []cors.Cause{cors.MethodForbidden}, ""},
		{"Method must be GET, POST or HEAD in no-cors mode.", []cors.Cause{cors.ModeNoCORS}, cors.StageRequest},
		{"ReadableStream uploading is not supported", []cors.Cause{cors.StreamUnsupported}, ""},
		{"Could not connect to the server.", []cors.Cause{cors.NoResponse}, ""},
		{"The network connection was lost.", []cors.Cause{cors.NoResponse}, ""},
		{"A server with the specified hostname could not be found.", []cors.Cause{cors.NoResponse}, ""},
	}
}

// scriptsKnown are messages of Node.js and of libraries.
func scriptsKnown() []known {
	return []known{
		{"ECONNREFUSED", []cors.Cause{cors.NoResponse}, ""},
		{"ECONNRESET", []cors.Cause{cors.NoResponse}, ""},
		{"ENOTFOUND", []cors.Cause{cors.NoResponse}, ""},
	}
}
