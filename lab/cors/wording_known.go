package cors

// addKnown adds the wordings that the judge does not write: of exceptions, of
// former versions, of the network, and of what is no cause.
func addKnown(list []Wording) []Wording {
	for _, group := range []struct {
		engine         Engine
		retired, vague bool
		words          []known
	}{
		{Chromium, false, false, chromiumExceptions()},
		{Chromium, false, false, chromiumNetwork()},
		{Chromium, true, false, chromiumRetired()},
		{Chromium, false, true, chromiumHints()},
		{Firefox, false, false, firefoxKnown()},
		{Firefox, true, false, firefoxRetired()},
		{WebKit, false, false, webkitKnown()},
		{"", false, false, scriptsKnown()},
	} {
		for _, k := range group.words {
			w := k.wording(group.engine)
			w.Retired, w.Vague = group.retired, group.vague
			list = add(list, w)
		}
	}
	return list
}

// known is a wording with the causes that it stands for.
type known struct {
	text   string
	causes []Cause
	stage  Stage // where the wording tells it
}

func (k known) wording(engine Engine) Wording {
	w := Wording{Text: k.text, Engine: engine, Causes: k.causes}
	if k.stage != "" {
		w.Stages = []Stage{k.stage}
		return w
	}
	for _, cause := range k.causes {
		w.Stages = union(w.Stages, stagesOf(cause))
	}
	return w
}

// chromiumExceptions are the messages of Request's constructor.
func chromiumExceptions() []known {
	return []known{
		{"Request with GET/HEAD method cannot have body.", []Cause{RequestInvalid}, ""},
		{"Failed to parse URL from {url}", []Cause{RequestInvalid}, ""},
		{"{method} is not a valid HTTP method.", []Cause{RequestInvalid}, ""},
		{"Failed to execute 'fetch' on 'Window': Invalid name", []Cause{RequestInvalid}, ""},
		{"Failed to execute 'fetch' on 'Window': Invalid value", []Cause{RequestInvalid}, ""},
		{"String contains non ISO-8859-1 code point.", []Cause{RequestInvalid}, ""},
		{"The `duplex` member must be specified for a request with a streaming body", []Cause{RequestInvalid}, ""},
		{"{method} HTTP method is unsupported.", []Cause{MethodForbidden}, ""},
		{"{method} is unsupported in no-cors mode.", []Cause{ModeNoCORS}, ""},
		{"Request cannot be constructed from a URL that includes credentials: {url}", []Cause{URLCredentials}, ""},
		{"DisallowedByMode", []Cause{ModeSameOrigin}, ""},
		{"CorsDisabledScheme", []Cause{Scheme}, ""},
		{"NoCorsRedirectModeNotFollow", []Cause{ModeNoCORS}, StageRequest},
		{chromiumSchemes + "{value}", []Cause{Scheme, RedirectScheme}, ""},
		{chromiumBlocked + chromiumSchemes + "{value}", []Cause{Scheme, RedirectScheme}, ""},
		{"URL scheme {scheme} must be \"http\" or \"https\" for CORS request.", []Cause{Scheme}, ""},
		{"Not allowed to load local resource: {url}", []Cause{Scheme}, ""},
		{chromiumBlocked + "The response is invalid.", []Cause{NoAnswer}, StagePreflight},
		{"ERR_H2_OR_QUIC_REQUIRED", []Cause{StreamHTTP1}, ""},
		{"ERR_UNKNOWN_URL_SCHEME", []Cause{Scheme, RedirectScheme}, ""},
	}
}

// chromiumNetwork are the names of failures in which CORS has no part.
func chromiumNetwork() []known {
	var list []known
	for _, name := range []string{
		"CONNECTION_REFUSED", "CONNECTION_RESET", "CONNECTION_CLOSED", "CONNECTION_ABORTED", "CONNECTION_FAILED", "CONNECTION_TIMED_OUT",
		"TIMED_OUT", "NAME_NOT_RESOLVED", "ADDRESS_UNREACHABLE", "ADDRESS_INVALID", "INTERNET_DISCONNECTED", "NETWORK_CHANGED",
		"NETWORK_ACCESS_DENIED", "SSL_PROTOCOL_ERROR", "CERT_AUTHORITY_INVALID", "CERT_COMMON_NAME_INVALID", "CERT_DATE_INVALID",
		"SSL_VERSION_OR_CIPHER_MISMATCH", "PROXY_CONNECTION_FAILED", "TUNNEL_CONNECTION_FAILED", "INVALID_HTTP_RESPONSE",
		"INVALID_RESPONSE", "HTTP2_PROTOCOL_ERROR", "QUIC_PROTOCOL_ERROR", "CONTENT_LENGTH_MISMATCH", "INCOMPLETE_CHUNKED_ENCODING",
		"UNSAFE_PORT",
	} {
		list = append(list, known{"ERR_" + name, []Cause{NoAnswer}, ""})
	}
	return list
}

// chromiumRetired are lines of former versions of Chrome. Those that WebKit
// still has are with WebKit's.
func chromiumRetired() []known {
	return []known{
		{"No 'Access-Control-Allow-Origin' header is present on the requested resource. Origin {origin} is therefore not allowed access.", []Cause{AllowOriginMissing}, ""},
		{"A wildcard '*' cannot be used in the 'Access-Control-Allow-Origin' header when the credentials flag is true.", []Cause{AllowOriginWildcard}, ""},
		{"Credentials flag is 'true', but the 'Access-Control-Allow-Credentials' header is {value}. It must be 'true' to allow credentials.", []Cause{AllowCredentials}, ""},
		{"Response for preflight has invalid HTTP status code {status}", []Cause{PreflightStatus}, ""},
		{"Invalid HTTP status code {status}", []Cause{PreflightStatus}, ""},
		{"Response for preflight is invalid (redirect)", []Cause{PreflightRedirect}, ""},
		{"Response for preflight is invalid", []Cause{PreflightStatus}, ""},
		{"Redirect location {location} has a disallowed scheme for cross-origin requests.", []Cause{RedirectScheme}, ""},
		{"The request was redirected to a URL ({location}) which has a disallowed scheme for cross-origin requests.", []Cause{RedirectScheme}, ""},
		{"The request was redirected to a URL ({location}) containing userinfo, which is disallowed for cross-origin requests.", []Cause{RedirectCredentials}, ""},
		{"Redirect location {location} contains a username and password, which is disallowed for cross-origin requests.", []Cause{RedirectCredentials}, ""},
	}
}

// chromiumHints stand in lines that say more, at the end or, the first one,
// before the reason.
func chromiumHints() []known {
	checks := []Cause{AllowOriginMultiple, AllowOriginInvalid, AllowOriginMismatch}
	return []known{
		{
			"Response to preflight request doesn't pass access control check",
			append([]Cause{AllowOriginMissing, AllowOriginWildcard, AllowCredentials, PreflightStatus, PreflightRedirect}, checks...),
			StagePreflight,
		},
		{"Have the server send the header with a valid value", checks, ""},
		{"an opaque response serves your needs, set the request's mode to 'no-cors'", append([]Cause{AllowOriginMissing}, checks...), ""},
	}
}

func firefoxKnown() []known {
	return []known{
		{"CORS request not http", []Cause{Scheme, RedirectScheme}, ""},
		{"CORSRequestNotHttp", []Cause{Scheme, RedirectScheme}, ""},
		{"The resource at {url} was blocked due to its Cross-Origin-Resource-Policy header (or lack thereof).", []Cause{ResourcePolicy}, ""},
		{"{url} is an url with embedded credentials.", []Cause{URLCredentials}, ""},
		{"Invalid request method {method}", []Cause{RequestInvalid, MethodForbidden, ModeNoCORS}, StageRequest},
		{"HEAD or GET Request cannot have a body.", []Cause{RequestInvalid}, ""},
		{"NS_ERROR_REDIRECT_LOOP", []Cause{RedirectLimit}, ""},
		{"NS_ERROR_DOM_BAD_URI", []Cause{RedirectCredentials, ModeSameOrigin, Scheme}, ""},
		{"NS_ERROR_CONNECTION_REFUSED", []Cause{NoAnswer}, ""},
		{"NS_ERROR_NET_RESET", []Cause{NoAnswer}, ""},
		{"NS_ERROR_NET_EMPTY_RESPONSE", []Cause{NoAnswer}, ""},
		{"NS_ERROR_UNKNOWN_HOST", []Cause{NoAnswer}, ""},
		{"NS_ERROR_NET_TIMEOUT", []Cause{NoAnswer}, ""},
		{"CORSMIssingAllowCredentials", []Cause{AllowCredentials}, ""},
	}
}

func firefoxRetired() []known {
	return []known{
		{"CORS request failed", []Cause{NoAnswer, RedirectCredentials}, ""},
		{"CORS preflight channel did not succeed", []Cause{PreflightStatus, PreflightRedirect, NoAnswer}, StagePreflight},
		{"missing token {header} in CORS header 'Access-Control-Allow-Headers' from CORS preflight channel", []Cause{HeaderNotAllowed}, ""},
		{"missing token {header} in CORS header 'Access-Control-Allow-Headers' from CORS preflight response", []Cause{HeaderNotAllowed}, ""},
	}
}

func webkitKnown() []known {
	return []known{
		// Without a status: Safari before 15, and Chrome before 31.
		{"Origin {origin} is not allowed by Access-Control-Allow-Origin", []Cause{AllowOriginMissing, AllowOriginMultiple, AllowOriginInvalid, AllowOriginMismatch}, ""},
		{"Preflight response is not successful", []Cause{PreflightStatus, PreflightRedirect}, ""},
		{"Unsafe attempt to load URL {url} from origin {origin}. Domains, protocols and ports must match.", []Cause{ModeSameOrigin}, ""},
		{"Cross origin requests are only supported for HTTP.", []Cause{Scheme}, ""},
		{"not allowed to follow a cross-origin CORS redirection with non CORS scheme", []Cause{RedirectScheme}, ""},
		{"URL is not valid or contains user credentials.", []Cause{URLCredentials, RequestInvalid}, ""},
		{"Request has method {method} and cannot have a body", []Cause{RequestInvalid}, ""},
		{"Method is not a valid HTTP token.", []Cause{RequestInvalid}, ""},
		{"Method is forbidden.", []Cause{MethodForbidden}, ""},
		{"Method must be GET, POST or HEAD in no-cors mode.", []Cause{ModeNoCORS}, StageRequest},
		{"ReadableStream uploading is not supported", []Cause{StreamUnsupported}, ""},
		{"Could not connect to the server.", []Cause{NoAnswer}, ""},
		{"The network connection was lost.", []Cause{NoAnswer}, ""},
		{"A server with the specified hostname could not be found.", []Cause{NoAnswer}, ""},
	}
}

// scriptsKnown are messages of Node.js and of libraries.
func scriptsKnown() []known {
	return []known{
		{"ECONNREFUSED", []Cause{NoAnswer}, ""},
		{"ECONNRESET", []Cause{NoAnswer}, ""},
		{"ENOTFOUND", []Cause{NoAnswer}, ""},
	}
}
