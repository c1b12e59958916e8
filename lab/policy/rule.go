package policy

import (
	"fmt"
	"regexp"
	"regexp/syntax"
	"slices"
	"strings"

	"corslab/lab/internal/phrase"
)

// Rule says how a server computes a header's value from the request's Origin, as real
// servers do, rightly or not. Its argument takes the place of a literal value. If the
// rule doesn't match, the header isn't sent.
type Rule string

// The rules. What they send where they match is the request's Origin itself.
const (
	Literal   Rule = ""          // the value as it is
	Reflect   Rule = "reflect"   // any origin
	Allowlist Rule = "allowlist" // one of several, separated by spaces
	Prefix    Rule = "prefix"    // one that begins so
	Suffix    Rule = "suffix"    // one that ends so
	Contains  Rule = "contains"  // one that holds this
	Regex     Rule = "regex"     // one in which the expression matches somewhere (RE2)
	Null      Rule = "null"      // null, the origin of sandboxed frames and of files
)

// Rules lists the rules, the literal first.
func Rules() []Rule {
	return []Rule{Literal, Reflect, Allowlist, Prefix, Suffix, Contains, Regex, Null}
}

// Argued reports whether the rule has a value to compare with.
func (r Rule) Argued() bool { return r != Reflect && r != Null }

// For returns the header's value in the answer to a request of that origin, ""
// for a request without one, and whether the header is sent at all.
func (h Header) For(origin string) (value string, sent bool) {
	if h.Rule == Literal {
		return h.Value, true
	}
	return origin, origin != "" && h.matches(origin)
}

func (h Header) matches(origin string) bool {
	switch h.Rule {
	case Reflect:
		return true
	case Allowlist:
		return slices.Contains(strings.Fields(h.Value), origin)
	case Prefix:
		return strings.HasPrefix(origin, h.Value)
	case Suffix:
		return strings.HasSuffix(origin, h.Value)
	case Contains:
		return strings.Contains(origin, h.Value)
	case Regex:
		expression, err := regexp.Compile(h.Value)
		return err == nil && expression.MatchString(origin)
	case Null:
		return origin == "null"
	}
	return false
}

// checkRule says what is wrong with the header's rule, or returns "".
func (h Header) checkRule() string {
	if !slices.Contains(Rules(), h.Rule) {
		return fmt.Sprintf("unknown rule %s; want %s", phrase.Brief(string(h.Rule)), phrase.OneOf(ruleWords()))
	}
	if h.Rule != Literal && h.Rule.Argued() && strings.TrimSpace(h.Value) == "" && !h.Off {
		return fmt.Sprintf("the rule %s has nothing to compare the origin with", h.Rule)
	}
	if h.Rule == Regex {
		expression, err := syntax.Parse(h.Value, syntax.Perl)
		if err != nil {
			return fmt.Sprintf("the regular expression cannot be read: %s", strings.TrimPrefix(err.Error(), "error parsing regexp: "))
		}
		if steps(expression) > maxSteps {
			return fmt.Sprintf("the regular expression has more than %d steps when its repeats are written out; want a shorter one", maxSteps)
		}
	}
	return ""
}

// maxSteps bounds a regular expression: it is compiled for each request that
// comes, and a few repeats of repeats can take gigabytes.
const maxSteps = 1_000

// steps counts what an expression comes to when its repeats are written out,
// but not much beyond the bound.
func steps(expression *syntax.Regexp) (count int) {
	count = 1 + len(expression.Rune)
	for _, part := range expression.Sub {
		if count += steps(part); count > maxSteps {
			return count
		}
	}
	if expression.Op == syntax.OpRepeat {
		count *= max(expression.Min+1, expression.Max)
	}
	return count
}

// ruleWords are the rules by which a file can compute a value.
func ruleWords() []string { return phrase.Words(Rules()[1:]) }
