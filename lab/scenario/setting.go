package scenario

import (
	"cmp"
	"slices"
	"strings"

	"corslab/lab/cors"
)

// Setting is one option of a script whose value is a word. The table of settings is
// the only list of them: files, links, the page's controls, the code that the page
// shows, and what the runner does all follow from it.
type Setting struct {
	Name     string // its key in files, links and controls
	Usual    string // its value if nothing sets it
	Property string // of fetch()'s options or of an element, in JavaScript; "" if it isn't one

	kinds   []Kind              // that have it; nil for all
	stage   settingStage        // who can set it
	sparse  bool                // it is empty in scripts of other kinds
	implied bool                // scripts don't hold its usual value: empty means that
	words   func(Kind) []string // its values in a script of a kind; nil for any method
	value   func(*Script) slot
	judged  func(*cors.Request) *string // where the judge reads it; nil if it doesn't
}

// settingStage says where a setting can be set.
type settingStage int

const (
	byAnyone  settingStage = iota // in the file, and by a learner if the scenario allows it
	byAuthor                      // in the file only; in a sandbox it belongs to the [Shape]
	byLearner                     // by a learner only; a file says it in another way
)

// slot is a setting's place in a script.
type slot interface {
	get() string
	set(string)
}

type slotOf[T ~string] struct{ at *T }

func (w slotOf[T]) get() string      { return string(*w.at) }
func (w slotOf[T]) set(value string) { *w.at = T(value) }

// stored makes the access to a field of a script from the field's address.
func stored[T ~string](field func(*Script) *T) func(*Script) slot {
	return func(s *Script) slot { return slotOf[T]{field(s)} }
}

// always is the list of words of a setting that doesn't depend on the kind.
func always[T ~string](list []T) func(Kind) []string {
	return func(Kind) []string { return words(list) }
}

// Settings returns the table of settings, in the order in which a file has them.
func Settings() []Setting {
	withCORS := []Kind{KindImage, KindScript, KindModule, KindCanvas}
	return []Setting{
		{Name: "from", Usual: string(CallerPage), stage: byAuthor, words: always(Callers()), value: stored(func(s *Script) *Caller { return &s.From })},
		{Name: "in", Usual: string(InFrame), stage: byAuthor, words: always(Contexts()), value: stored(func(s *Script) *Context { return &s.In })},
		{Name: "kind", Usual: string(KindFetch), stage: byAuthor, words: always(Kinds()), value: stored(func(s *Script) *Kind { return &s.Kind })},
		{
			Name: "method", Usual: "GET", Property: "method", kinds: []Kind{KindFetch, KindXHR, KindForm},
			words: methods, value: stored(func(s *Script) *string { return &s.Method }),
			judged: func(r *cors.Request) *string { return &r.Method },
		},
		{
			Name: "mode", Usual: string(ModeCORS), Property: "mode", kinds: []Kind{KindFetch},
			words: always(modes()), value: stored(func(s *Script) *Mode { return &s.Mode }),
			judged: func(r *cors.Request) *string { return &r.Mode },
		},
		{
			Name: "credentials", Usual: string(CredentialsSameOrigin), Property: "credentials", kinds: []Kind{KindFetch, KindXHR, KindEventSource},
			words: credentialsModes, value: stored(func(s *Script) *Credentials { return &s.Credentials }),
			judged: func(r *cors.Request) *string { return &r.Credentials },
		},
		{
			Name: "redirect", Usual: string(RedirectFollow), Property: "redirect", kinds: []Kind{KindFetch}, stage: byAuthor,
			words: always(Redirects()), value: stored(func(s *Script) *Redirect { return &s.Redirect }),
			judged: func(r *cors.Request) *string { return &r.Redirect },
		},
		{
			Name: "referrer_policy", Usual: "strict-origin-when-cross-origin", Property: "referrerPolicy", kinds: append(withCORS, KindFetch), implied: true,
			words: always(cors.ReferrerPolicies()), value: stored(func(s *Script) *string { return &s.ReferrerPolicy }),
			judged: func(r *cors.Request) *string { return &r.ReferrerPolicy },
		},
		{
			Name: "crossorigin", Usual: string(CrossOriginNone), Property: "crossOrigin", kinds: withCORS, sparse: true,
			words: always(crossOrigins()), value: stored(func(s *Script) *CrossOrigin { return &s.CrossOrigin }),
		},
		{
			Name: "upload_listener", Usual: string(SwitchOff), kinds: []Kind{KindXHR}, sparse: true,
			words: always(switches()), value: stored(func(s *Script) *Switch { return &s.UploadListener }),
		},
		{
			Name: "stream", kinds: []Kind{KindFetch}, stage: byLearner, sparse: true,
			words: always(switches()), value: stored(func(s *Script) *Switch { return &s.Stream }),
		},
		{Name: "via", Usual: string(ViaDirect), words: always(vias()), value: stored(func(s *Script) *Via { return &s.Via })},
	}
}

func settingNamed(name string) (Setting, bool) {
	table := Settings()
	if at := slices.IndexFunc(table, func(t Setting) bool { return t.Name == name }); at >= 0 {
		return table[at], true
	}
	return Setting{}, false
}

// Settable lists the settings that a learner can be allowed to change.
func Settable() []Setting {
	return slices.DeleteFunc(Settings(), func(t Setting) bool { return t.stage == byAuthor })
}

// Of returns the setting's value in a script, "" if it has none.
func (t Setting) Of(s Script) string {
	if t.implied && s.Kind.has(t.Name) {
		return cmp.Or(t.said(s), t.Usual)
	}
	return t.said(s)
}

// said returns the value that a script holds.
func (t Setting) said(s Script) string { return t.value(&s).get() }

// Set gives the setting a value in a script, which it doesn't check.
func (t Setting) Set(s *Script, value string) { t.value(s).set(value) }

// Words lists the values that the setting can have in a script of a kind. It is nil
// if a method can be any.
func (t Setting) Words(k Kind) []string { return t.words(k) }

// allows reports whether the setting can have a value in scripts of a kind.
func (t Setting) allows(k Kind, value string) bool {
	known := t.Words(k)
	return known == nil || slices.Contains(known, value)
}

// allowsSomewhere reports whether the setting can have a value in scripts of some
// kind.
func (t Setting) allowsSomewhere(value string) bool {
	return slices.ContainsFunc(Kinds(), func(k Kind) bool { return k.has(t.Name) && t.allows(k, value) })
}

// Label is the setting's name in words.
func (t Setting) Label() string { return strings.ReplaceAll(t.Name, "_", " ") }

// Part names the setting in [Changeable].
func (t Setting) Part() string { return "script." + t.Name }

// usual returns a script of a kind that sets nothing.
func usual(k Kind) Script {
	s := Script{Kind: k}
	s.complete()
	return s
}

// complete fills in the usual values of what the script doesn't set.
func (s *Script) complete() {
	if s.Kind == KindBeacon {
		s.Method = "POST"
	}
	for _, t := range Settings() {
		if t.Of(*s) == "" && !t.implied && (!t.sparse || s.Kind.has(t.Name)) {
			t.Set(s, t.Usual)
		}
	}
}

// merge returns s with the settings and headers that change has.
func (s Script) merge(change Script) Script {
	for _, t := range Settable() {
		if value := t.said(change); value != "" {
			t.Set(&s, value)
		}
	}
	s.Headers = merge(s.Headers, change.Headers)
	return s
}

// Words returns the values of all settings.
func (s Script) Words() []string {
	var all []string
	for _, t := range Settings() {
		all = append(all, t.said(s))
	}
	return all
}

// Option is a property that a script sets in JavaScript.
type Option struct{ Property, Value string }

// Options lists the options that the script sets on fetch() or on its element: those
// that its kind has and whose value isn't the usual one.
func (s Script) Options() []Option {
	var set []Option
	for _, t := range Settings() {
		if value := t.Of(s); t.Property != "" && s.Kind.has(t.Name) && value != t.Usual && value != "" {
			set = append(set, Option{t.Property, value})
		}
	}
	return set
}
