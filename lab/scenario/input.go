package scenario

// Input names an input of an attempt within its section, in the words of the files and
// of links. The inputs for a script's settings have the names of the settings.
type Input string

// The inputs that are no settings.
const (
	InputHeaders Input = "headers"

	// Of a reply.
	InputStatus Input = "status"
	InputOnlyOK Input = "only_ok"
	InputClose  Input = "close"
	InputDelay  Input = "delay"

	// Of the account.
	InputSameSite Input = "same_site"
	InputToken    Input = "token"

	// Of a shape.
	InputFrom     Input = "from"
	InputIn       Input = "in"
	InputKind     Input = "kind"
	InputURL      Input = "url"
	InputPinned   Input = "pinned"
	InputRedirect Input = "redirect"
	InputBody     Input = "body"
	InputText     Input = "text" // of the body
	InputRoutes   Input = "routes"

	// Of an address: of a shape's URL or of a route.
	InputAPI  Input = "api"
	InputPath Input = "path"
)
