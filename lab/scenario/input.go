package scenario

// Input names an input of an attempt within its section, in the words of files and of
// links.
type Input string

// The inputs of a script: the settings, and the headers.
const (
	InputMethod      Input = "method"
	InputMode        Input = "mode"
	InputCredentials Input = "credentials"
	InputCrossOrigin Input = "crossorigin"
	InputStream      Input = "stream"
	InputVia         Input = "via"
	InputHeaders     Input = "headers"

	inputReferrerPolicy Input = "referrer_policy"
	inputUploadListener Input = "upload_listener"
)

// The other inputs.
const (
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
	inputAPI  Input = "api"
	InputPath Input = "path"
)
