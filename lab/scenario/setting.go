package scenario

import (
	"cmp"
	"slices"
	"strings"

	"corslab/lab/cors"
	"corslab/lab/endpoint"
	"corslab/lab/internal/phrase"
	"corslab/lab/policy"
)

// Setting is one option of a script whose value is a word. This table is the only list
// of settings. Files, links, the schema and the page's controls follow it. A new setting
// also needs a field in [Script]. One with a Property reaches the runner and the shown
// code by itself; any other needs code in web/page/runs.go, static/js and package
// snippet.
type Setting struct {
	Name     Input  // its key in files, links and controls
	Usual    string // its value if nothing sets it
	Property string // property of fetch()'s options or of an element, in JavaScript; "" if there is none

	kinds   []Kind              // kinds that have it; nil for all
	scope   settingScope        // who can set it
	sparse  bool                // it is empty in scripts of other kinds
	implied bool                // scripts have an empty value in place of the usual one
	words   func(Kind) []string // its values in a script of a kind; nil for any method
	value   func(*Script) slot
	judged  func(*cors.Request) slot // where the judge reads it; nil if it doesn't
}

// settingScope says who can set a setting.
type settingScope int

const (
	byAnyone  settingScope = iota // in the file, and by a learner if the scenario allows it
	byAuthor                      // in the file only; in a sandbox it belongs to the [Shape]
	byLearner                     // by a learner only; a file has another key for it
)

// slot is the field of a script or of the judge's request that has a setting.
type slot interface {
	get() string
	set(string)
}

type slotOf[T ~string] struct{ at *T }

func (w slotOf[T]) get() string      { return string(*w.at) }
func (w slotOf[T]) set(value string) { *w.at = T(value) }

// stored makes a slot from the address of a field.
func stored[S any, T ~string](field func(*S) *T) func(*S) slot {
	return func(s *S) slot { return slotOf[T]{field(s)} }
}

// always lists the values of a setting for which the kind doesn't matter.
func always[T ~string](list []T) func(Kind) []string {
	words := phrase.Words(list)
	return func(Kind) []string { return words }
}

// settings is the table of settings, in the order in which a file has them. No code
// changes it.
var settings = [...]Setting{
	{Name: InputFrom, Usual: string(CallerPage), scope: byAuthor, words: always(Callers()), value: stored(func(s *Script) *Caller { return &s.From })},
	{Name: InputIn, Usual: string(InFrame), scope: byAuthor, words: always(Contexts()), value: stored(func(s *Script) *Context { return &s.In })},
	{Name: InputKind, Usual: string(KindFetch), scope: byAuthor, words: always(Kinds()), value: stored(func(s *Script) *Kind { return &s.Kind })},
	{
		Name: InputMethod, Usual: "GET", Property: "method", kinds: []Kind{KindFetch, KindXHR, KindForm},
		words: methods, value: stored(func(s *Script) *string { return &s.Method }),
		judged: stored(func(r *cors.Request) *string { return &r.Method }),
	},
	{
		Name: InputMode, Usual: string(cors.CORSMode), Property: "mode", kinds: []Kind{KindFetch},
		words: always(cors.Modes()), value: stored(func(s *Script) *cors.Mode { return &s.Mode }),
		judged: stored(func(r *cors.Request) *cors.Mode { return &r.Mode }),
	},
	{
		Name: InputCredentials, Usual: string(cors.SameOriginCredentials), Property: "credentials", kinds: []Kind{KindFetch, KindXHR, KindEventSource},
		words: credentialsModes, value: stored(func(s *Script) *cors.Credentials { return &s.Credentials }),
		judged: stored(func(r *cors.Request) *cors.Credentials { return &r.Credentials }),
	},
	{
		Name: InputRedirect, Usual: string(cors.FollowRedirect), Property: "redirect", kinds: []Kind{KindFetch}, scope: byAuthor,
		words: always(cors.Redirects()), value: stored(func(s *Script) *cors.Redirect { return &s.Redirect }),
		judged: stored(func(r *cors.Request) *cors.Redirect { return &r.Redirect }),
	},
	{
		Name: inputReferrerPolicy, Usual: string(cors.StrictOriginWhenCrossOrigin), Property: "referrerPolicy", kinds: []Kind{KindImage, KindScript, KindModule, KindCanvas, KindFetch}, implied: true,
		words: always(cors.ReferrerPolicies()), value: stored(func(s *Script) *cors.ReferrerPolicy { return &s.ReferrerPolicy }),
		judged: stored(func(r *cors.Request) *cors.ReferrerPolicy { return &r.ReferrerPolicy }),
	},
	{
		Name: InputCrossOrigin, Usual: string(CrossOriginNone), Property: "crossOrigin", kinds: []Kind{KindImage, KindScript, KindModule, KindCanvas}, sparse: true,
		words: always(crossOrigins()), value: stored(func(s *Script) *CrossOrigin { return &s.CrossOrigin }),
	},
	{
		Name: inputUploadListener, Usual: string(SwitchOff), kinds: []Kind{KindXHR}, sparse: true,
		words: always(Switches()), value: stored(func(s *Script) *Switch { return &s.UploadListener }),
	},
	{
		Name: InputStream, kinds: []Kind{KindFetch}, scope: byLearner, sparse: true,
		words: always(Switches()), value: stored(func(s *Script) *Switch { return &s.Stream }),
	},
	{Name: InputVia, Usual: string(endpoint.Direct), words: always(endpoint.Vias()), value: stored(func(s *Script) *endpoint.Via { return &s.Via })},
}

// settable are the settings that a learner can be allowed to change.
var settable = slices.DeleteFunc(Settings(), func(t Setting) bool { return !t.IsSettable() })

// Settings returns the table of settings, in the order in which a file has them.
func Settings() []Setting { return slices.Clone(settings[:]) }

// SettingNamed returns the setting with the name, and false if there is none.
func SettingNamed(name Input) (Setting, bool) {
	if at := slices.IndexFunc(settings[:], func(t Setting) bool { return t.Name == name }); at >= 0 {
		return settings[at], true
	}
	return Setting{}, false
}

// Settable lists the settings that a learner can be allowed to change.
func Settable() []Setting { return slices.Clone(settable) }

// Of returns the setting's value in a script, or "" if it has none.
func (t Setting) Of(s Script) string {
	if t.implied && s.Kind.Has(t.Name) {
		return cmp.Or(t.Raw(s), t.Usual)
	}
	return t.Raw(s)
}

// Raw returns the value in the script's field.
func (t Setting) Raw(s Script) string { return t.value(&s).get() }

// Set sets the setting's value in a script without checking it.
func (t Setting) Set(s *Script, value string) { t.value(s).set(value) }

// Words lists the values that the setting can have in a script of a kind. It is nil
// if a method can be any.
func (t Setting) Words(k Kind) []string { return slices.Clone(t.words(k)) }

// InFile reports whether the setting is a key of a file's script. A stream isn't,
// because the body's kind says it.
func (t Setting) InFile() bool { return t.scope != byLearner }

// IsSettable reports whether a learner can be allowed to change the setting.
func (t Setting) IsSettable() bool { return t.scope != byAuthor }

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
func (t Setting) Label() string { return strings.ReplaceAll(string(t.Name), "_", " ") }

// Field is the setting as an input of an attempt.
func (t Setting) Field() Field { return Field{Section: SectionScript, Input: t.Name} }

// Changeable names the setting in [Changeables].
func (t Setting) Changeable() Changeable { return t.Name.Changeable() }

// UsualScript returns a script of a kind with the usual value of every setting.
func UsualScript(k Kind) Script {
	s := Script{Kind: k}
	s.Complete()
	return s
}

// Complete fills in the usual values of settings that the script doesn't set.
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

// Merge returns s with the settings and headers of change.
func (s Script) Merge(change Script) Script {
	for _, t := range settable {
		if value := t.Raw(change); value != "" {
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
		all = append(all, t.Raw(s))
	}
	return all
}

// Option is a property that a script sets in JavaScript.
type Option struct{ Property, Value string }

// Options lists the options that the script sets on fetch() or on its element: those
// that its kind has and whose values aren't the usual ones.
func (s Script) Options() []Option {
	var set []Option
	for _, t := range settings {
		if value := t.Of(s); t.Property != "" && s.Kind.Has(t.Name) && value != t.Usual && value != "" {
			set = append(set, Option{t.Property, value})
		}
	}
	return set
}
