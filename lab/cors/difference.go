package cors

import "slices"

// Difference is a point in which browsers depart from the standard, or one that the
// standard leaves to them.
type Difference struct {
	Name     string   // such as authorization-under-wildcard
	Engines  []Engine // that differ
	Sentence string   // what they do
	Clause   string   // the clause that they depart from, such as CORS-preflight fetch, step 7.6
	Link     string   // to that clause
	Issue    string   // URL of the discussion; "" if there is none
}

// Differences lists every [Difference], in the order of an exchange.
func Differences() []Difference {
	list := make([]Difference, len(differences))
	for i, d := range differences {
		list[i] = Difference{d.name, slices.Clone(d.engines), d.sentence, d.clause.title(), d.clause.link(), d.issue}
	}
	return list
}

// differs reports whether the engine has the difference. All code that treats engines
// differently asks this method.
func (e Engine) differs(d difference) bool { return slices.Contains(differences[d].engines, e) }

// differs reports whether the engine that is judged has the difference.
func (f *fetch) differs(d difference) bool { return f.engine.differs(d) }

// BuffersStreams reports whether the engine sends the text that a ReadableStream
// converts to, as it does with any object.
func (e Engine) BuffersStreams() bool { return e.differs(streamsBuffered) }

// difference is the number of a row in the table of differences.
type difference int

// The differences. The table in difference_table.go describes them.
const (
	// In how the request is made from what the script asks for.
	headersCombined difference = iota
	headersSorted
	userAgentForbidden
	clientHintsSafelisted
	highBytesUnsafe
	contentTypeCommaUnsafe
	rangeSigned63
	rangeUnsigned64
	rangePlusSign
	rangeAnyCase
	overrideQuotesIgnored
	overrideFormFeedsTrimmed
	aboutRefused
	originDespitePolicy
	listenerNeedsBody
	streamsBuffered
	streamsRefused
	streamsOverHTTP2Only
	streamsLeaveSameOrigin

	// In preflights, and in how their responses are handled.
	preflightRedirectFirst
	preflightStatusFirst
	methodBeforeHeaderList
	authorizationUnderWildcard
	headersByHash
	knownHeadersFirst
	forcedMethodListed
	preflightKeepsOrigin
	ownPreflightTrusted
	preflightSticky
	originalNamesAsked

	// In what is remembered about preflights.
	ageLimited
	newestOnly
	credentialsApart
	cacheSurvivesFailure
	negativeAgeZero
	unreadableAgeZero

	// In how redirects are followed.
	locationFirst
	localSchemesFirst
	ftpFirst
	locationOnlyFollowed
	modeBeforeScheme
	unsafeBeforeMode
	filesBeforeMode
	urlBeforeErrorMode
	otherStatusesRedirect
	locationEscaped
	emptyLocationSkipped
	locationsMerged
	locationsJoined
	emptyLocationFails
	preflightBeforeCredentials
	urlCredentialsRefused
	urlCredentialsDropped
	redirectCheckedAgain
	redirectKeepsOrigin
	redirectKeepsHeaders
	redirectDropsHints
	redirectLosesOrigin
	deleteBecomesGet

	// In how a response is handled.
	addressesApart
	sandboxKeepsSite
	emptyLinesIgnored
	proxyStatusRefused
	wildcardBeforeBadName
	emptyPutTaken
)
