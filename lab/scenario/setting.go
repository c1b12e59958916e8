package scenario

import (
	"cmp"
	"slices"
	"strings"

	"corslab/lab/cors"
	"corslab/lab/internal/phrase"
	"corslab/lab/policy"
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
	words := phrase.Words(list)
	return func(Kind) []string { return words }
}

// settings is the table of settings, in the order in which a file has them. No code
// changes it.
var settings = [...]Setting{
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
		Name: "referrer_policy", Usual: "strict-origin-when-cross-origin", Property: "referrerPolicy", kinds: []Kind{KindImage, KindScript, KindModule, KindCanvas, KindFetch}, implied: true,
		words: always(cors.ReferrerPolicies()), value: stored(func(s *Script) *string { return &s.ReferrerPolicy }),
		judged: func(r *cors.Request) *string { return &r.ReferrerPolicy },
	},
	{
		Name: "crossorigin", Usual: string(CrossOriginNone), Property: "crossOrigin", kinds: []Kind{KindImage, KindScript, KindModule, KindCanvas}, sparse: true,
		words: always(crossOrigins()), value: stored(func(s *Script) *CrossOrigin { return &s.CrossOrigin }),
	},
	{
		Name: "upload_listener", Usual: string(SwitchOff), kinds: []Kind{KindXHR}, sparse: true,
		words: always(Switches()), value: stored(func(s *Script) *Switch { return &s.UploadListener }),
	},
	{
		Name: "stream", kinds: []Kind{KindFetch}, stage: byLearner, sparse: true,
		words: always(Switches()), value: stored(func(s *Script) *Switch { return &s.Stream }),
	},
	{Name: "via", Usual: string(ViaDirect), words: always(vias()), value: stored(func(s *Script) *Via { return &s.Via })},
}

// settable are the settings that a learner can be allowed to change.
var settable = slices.DeleteFunc(Settings(), func(t Setting) bool { return !t.IsSettable() })

// Settings returns the table of settings, in the order in which a file has them.
func Settings() []Setting { return slices.Clone(settings[:]) }

// SettingNamed returns the setting with the name, and false if there is none.
func SettingNamed(name string) (Setting, bool) {
	if at := slices.IndexFunc(settings[:], func(t Setting) bool { return t.Name == name }); at >= 0 {
		return settings[at], true
	}
	return Setting{}, false
}

// Settable lists the settings that a learner can be allowed to change.
func Settable() []Setting { return slices.Clone(settable) }

// Of returns the setting's value in a script, "" if it has none.
func (t Setting) Of(s Script) string {
	if t.implied && s.Kind.Has(t.Name) {
		return cmp.Or(t.Said(s), t.Usual)
	}
	return t.Said(s)
}

// Said returns the value that a script holds.
func (t Setting) Said(s Script) string { return t.value(&s).get() }

// Set gives the setting a value in a script, which it doesn't check.
func (t Setting) Set(s *Script, value string) { t.value(s).set(value) }

// Words lists the values that the setting can have in a script of a kind. It is nil
// if a method can be any.
func (t Setting) Words(k Kind) []string { return slices.Clone(t.words(k)) }

// InFile reports whether a file's script has the setting as a key. A stream is said
// by the body.
func (t Setting) InFile() bool { return t.stage != byLearner }

// IsSettable reports whether a learner can be allowed to change the setting.
func (t Setting) IsSettable() bool { return t.stage != byAuthor }

// Allows reports whether the setting can have a value in scripts of a kind.
func (t Setting) Allows(k Kind, value string) bool {
	known := t.words(k)
	return known == nil || slices.Contains(known, value)
}

// AllowsSomewhere reports whether the setting can have a value in scripts of some
// kind.
func (t Setting) AllowsSomewhere(value string) bool {
	return slices.ContainsFunc(Kinds(), func(k Kind) bool { return k.Has(t.Name) && t.Allows(k, value) })
}

// Label is the setting's name in words.
func (t Setting) Label() string { return strings.ReplaceAll(t.Name, "_", " ") }

// Field is the setting as an input of an attempt.
func (t Setting) Field() Field { return Field{Section: SectionScript, Input: Input(t.Name)} }

// Part names the setting in [Changeable].
func (t Setting) Part() string { return "script." + t.Name }

// UsualScript returns a script of a kind that sets nothing.
func UsualScript(k Kind) Script {
	s := Script{Kind: k}
	s.Complete()
	return s
}

// Complete fills in the usual values of what the script doesn't set.
func (s *Script) Complete() {
	if s.Kind == KindBeacon {
		s.Method = "POST"
	}
	for _, t := range settings {
		if t.Of(*s) == "" && !t.implied && (!t.sparse || s.Kind.Has(t.Name)) {
			t.Set(s, t.Usual)
		}
	}
}

// Merge returns s with the settings and headers that change has.
func (s Script) Merge(change Script) Script {
	for _, t := range settable {
		if value := t.Said(change); value != "" {
			t.Set(&s, value)
		}
	}
	s.Headers = policy.MergeHeaders(s.Headers, change.Headers)
	return s
}

// Words returns the values of all settings.
func (s Script) Words() []string {
	var all []string
	for _, t := range settings {
		all = append(all, t.Said(s))
	}
	return all
}

// Option is a property that a script sets in JavaScript.
type Option struct{ Property, Value string }

// Options lists the options that the script sets on fetch() or on its element: those
// that its kind has and whose value isn't the usual one.
func (s Script) Options() []Option {
	var set []Option
	for _, t := range settings {
		if value := t.Of(s); t.Property != "" && s.Kind.Has(t.Name) && value != t.Usual && value != "" {
			set = append(set, Option{t.Property, value})
		}
	}
	return set
}
