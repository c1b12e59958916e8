package cors

// Initiator is the API by which a script makes a request. Everything else that can make
// one counts as the fetch() that does the same (#fetch-method; XHR,
// #interface-xmlhttprequest).
type Initiator string

// The initiators.
const (
	ByFetch Initiator = "fetch" // fetch()
	ByXHR   Initiator = "xhr"   // XMLHttpRequest
)

func initiators() []Initiator { return []Initiator{ByFetch, ByXHR} }
