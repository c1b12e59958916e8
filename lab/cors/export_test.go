package cors

import "slices"

// Without runs what, for tests, as if the engine didn't have the difference.
func Without(name string, engine Engine, what func()) {
	at := slices.IndexFunc(differences[:], func(d differenceRow) bool { return d.name == name })
	engines := differences[at].engines
	defer func() { differences[at].engines = engines }()
	differences[at].engines = slices.DeleteFunc(slices.Clone(engines), func(e Engine) bool { return e == engine })
	what()
}
