package glossary

import "corslab/lab/cors"

// topicPhrases returns the phrases that have a topic and no cause.
func topicPhrases() []Phrase {
	var list []Phrase
	for _, group := range []struct {
		topic  Topic
		engine cors.Engine
		texts  []string
	}{
		{NoReason, cors.Chromium, []string{
			"Failed to fetch", "has been " + chromiumBlocked, "blocked by Cross-Origin Resource Sharing policy", "Failed to execute 'send' on 'XMLHttpRequest'",
			"Origin {origin} is therefore not allowed access",
		}},
		{NoReason, cors.Firefox, []string{
			"NetworkError when attempting to fetch resource",
			"Cross-Origin Request Blocked: The Same Origin Policy disallows reading the remote resource at {url}",
			"disallows reading the remote resource at {url} This can be fixed by moving the resource to the same domain or enabling CORS",
			"A network error occurred", "NS_ERROR_FAILURE",
		}},
		{NoReason, cors.WebKit, []string{
			"Load failed", "{url} due to access control checks", "Fetch API cannot load {url} due to access control checks",
			"XMLHttpRequest cannot load {url} due to access control checks", "denied by Cross-Origin Resource Sharing policy",
		}},
		{NoReason, "", []string{
			"CORS error", "Network Error", "ERR_NETWORK", "Network request failed", "Failed to load resource", "Http failure response for {url} 0 Unknown Error", "strict-origin-when-cross-origin",
		}},
		{NotExposed, cors.Chromium, []string{"Refused to get unsafe header {header}"}},
		{WildcardWarning, cors.Chromium, []string{
			"Authorization will not be covered by the wildcard symbol (*) in CORS Access-Control-Allow-Headers handling", "AuthorizationCoveredByWildcard",
		}},
		{WildcardWarning, cors.Firefox, []string{
			"When the 'Access-Control-Allow-Headers' is '*', the 'Authorization' header is not covered", "CORSAllowHeaderFromPreflightDeprecation",
		}},
		{PreflightMoved, cors.Chromium, []string{
			"which is disallowed for cross-origin requests that require preflight", "Request requires preflight, which is disallowed to follow cross-origin redirect",
		}},
		{ForbiddenHeader, cors.Chromium, []string{"Refused to set unsafe header {header}", "Attempt to set a forbidden header was denied: {header}"}},
		{OtherWindow, cors.Chromium, []string{
			"Blocked a frame with origin {origin} from accessing a cross-origin frame", "Blocked a frame with origin {origin} from accessing a frame with origin {value}",
		}},
		{OtherWindow, cors.Firefox, []string{"Permission denied to access property {value} on cross-origin object"}},
		{TaintedCanvas, cors.Chromium, []string{"The canvas has been tainted by cross-origin data", "Tainted canvases may not be exported"}},
	} {
		for _, text := range group.texts {
			list = add(list, Phrase{Text: text, Engine: group.engine, Topic: group.topic, Vague: group.topic == NoReason})
		}
	}
	return append(list, outsidePhrases()...)
}

// outsidePhrases are about failures that look like CORS to a script and aren't.
func outsidePhrases() []Phrase {
	var list []Phrase
	for _, group := range outsideTexts() {
		for _, text := range group.texts {
			list = add(list, Phrase{Text: text, Engine: group.engine, Topic: group.topic})
		}
	}
	return list
}

// outsideGroup is a list of what an engine says about a topic.
type outsideGroup struct {
	topic  Topic
	engine cors.Engine
	texts  []string
}

func outsideTexts() []outsideGroup {
	return []outsideGroup{
		{LocalNetwork, cors.Chromium, []string{
			"The request client is not a secure context and the resource is in more-private address space {space}",
			"Request had a target IP address space of {space} yet the resource is in address space {space}",
			"Request had no target IP address space, yet the resource is in address space {space}",
			"Permission was denied for this request to access the {space} address space",
			"Unable to ask for permission to access the {space} IP address space",
			"No {header} header was present in the preflight response for this private network request targeting the {space} address space",
			"header in the preflight response for this private network request targeting the {space} address space had a value of {value}, not 'true'",
			"InsecureLocalNetwork", "InvalidLocalNetworkAccess", "LocalNetworkAccessPermissionDenied",
			"InsecurePrivateNetwork", "InvalidPrivateNetworkAccess", "UnexpectedPrivateNetworkAccess",
			"PreflightMissingAllowPrivateNetwork", "PreflightInvalidAllowPrivateNetwork",
			"PreflightMissingPrivateNetworkAccessId", "PreflightMissingPrivateNetworkAccessName",
			"PrivateNetworkAccessPermissionUnavailable", "PrivateNetworkAccessPermissionDenied",
			"ERR_BLOCKED_BY_PRIVATE_NETWORK_ACCESS_CHECKS", "ERR_BLOCKED_BY_LOCAL_NETWORK_ACCESS_CHECKS",
			"Access-Control-Allow-Private-Network", "Access-Control-Request-Private-Network",
		}},
		{LocalNetwork, cors.Firefox, []string{"NS_ERROR_LOCAL_NETWORK_ACCESS_DENIED"}},
		{SecurityPolicy, cors.Chromium, []string{
			"Refused to connect to {url} because it violates the following Content Security Policy directive: {value}",
			"Connecting to {url} violates the following Content Security Policy directive: {value}",
			"Refused to connect because it violates the document's Content Security Policy", "violates the following Content Security Policy directive",
			"ERR_BLOCKED_BY_CSP",
		}},
		{SecurityPolicy, cors.Firefox, []string{
			"The page's settings blocked the loading of a resource at {url}", "The page's settings blocked the loading of a resource ({value}) at {url}",
			"NS_ERROR_CONTENT_BLOCKED",
		}},
		{SecurityPolicy, cors.WebKit, []string{
			"Blocked by Content Security Policy", "Refused to connect to {url} because it does not appear in the connect-src directive",
		}},
		{MixedContent, cors.Chromium, []string{
			"Mixed Content: The page at {origin} was loaded over HTTPS, but requested an insecure {kind} {url}. This request has been blocked", "Mixed Content: The page at",
		}},
		{MixedContent, cors.Firefox, []string{"Blocked loading mixed active content {url}", "Blocked loading mixed display content {url}"}},
		{MixedContent, cors.WebKit, []string{
			"requested insecure content from {url}. This content was blocked and must be served over HTTPS", "was not allowed to display insecure content from {url}",
			"was not allowed to run insecure content from {url}",
		}},
		{OpaqueBlocking, cors.Chromium, []string{"ERR_BLOCKED_BY_ORB", "Cross-Origin Read Blocking (CORB) blocked cross-origin response {url} with MIME type {value}"}},
		{OpaqueBlocking, cors.Firefox, []string{"The resource at {url} was blocked by OpaqueResponseBlocking", "blocked by OpaqueResponseBlocking"}},
		{Embedder, cors.Chromium, []string{
			"NotSameOriginAfterDefaultedToSameOriginByCoep", "ERR_BLOCKED_BY_RESPONSE.NotSameOriginAfterDefaultedToSameOriginByCoep",
			"CoepFrameResourceNeedsCoepHeader",
		}},
		{Blocker, cors.Chromium, []string{"ERR_BLOCKED_BY_CLIENT", "ERR_BLOCKED_BY_ADMINISTRATOR", "ERR_NETWORK_IO_SUSPENDED"}},
		{Blocker, cors.Firefox, []string{
			"The resource at {url} was blocked because content blocking is enabled", "Reason: CORS disabled", "CORSDisabled",
			"CORS header 'Origin' cannot be added", "CORSOriginHeaderNotAdded", "NS_ERROR_TRACKING_URI",
		}},
		{Blocker, cors.WebKit, []string{"CORS-preflight request was blocked", "Preflight response was blocked", "Content blocker prevented frame displaying"}},
	}
}
