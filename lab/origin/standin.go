package origin

import "strings"

// StandIns are origins that don't exist. They replace the lab's origins in a file,
// which is checked before the lab's ports are known. An address written out in the file
// never equals one of them.
func StandIns() Set {
	var o Set
	for _, name := range Placeholders() {
		*o.field(name) = HTTP(name+standInDomain, standInPort)
	}
	return o
}

// WithoutStandIns puts the placeholders back.
func WithoutStandIns(text string) string {
	if !strings.Contains(text, standInDomain) {
		return text
	}
	o, pairs := StandIns(), []string(nil)
	for _, name := range Placeholders() {
		pairs = append(pairs, o.Of(name), "{"+name+"}", o.Named(name).HostPort(), "{"+name+".host}")
	}
	return strings.NewReplacer(pairs...).Replace(text)
}

// Nothing can exist in the domain of the stand-ins. It isn't below .invalid, because a
// response may lead to any address there, and then https://{api.host} would pass the
// checks as {api} does.
const (
	standInDomain = ".stand-in.example"
	standInPort   = "8080"
)
