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
// servers do, correctly or not. The rule's argument replaces the literal value. If the
// rule doesn't match, the header isn't sent.
type Rule string

// The rules. If one matches, the header's value is the request's Origin.
const (
	Literal   Rule = ""          // the value itself
	Reflect   Rule = "reflect"   // any origin
	Allowlist Rule = "allowlist" // one of several, separated by spaces
	Prefix    Rule = "prefix"    // an origin that starts with the argument
	Suffix    Rule = "suffix"    // an origin that ends with the argument
	Contains  Rule = "contains"  // an origin that contains the argument
	Regex     Rule = "regex"     // an origin that the expression (RE2) matches somewhere
	Null      Rule = "null"      // null, the origin of sandboxed frames and of files
)

// Rules lists the rules, the literal first. A new one also needs words in
// web/view/rows.go and in scenarios/README.md.
func Rules() []Rule {
	return []Rule{Literal, Reflect, Allowlist, Prefix, Suffix, Contains, Regex, Null}
}

// HasArgument reports whether the rule has an argument.
func (r Rule) HasArgument() bool { return r != Reflect && r != Null }

// For returns the header's value in the response to a request from that origin, which
// is "" if the request has none. It reports whether the header is sent at all.
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
	if h.Rule != Literal && h.Rule.HasArgument() && strings.TrimSpace(h.Value) == "" && !h.Off {
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

// maxSteps limits regular expressions, because each request compiles one, and a few
// nested repeats can take gigabytes.
const maxSteps = 1_000

// steps counts the parts of an expression with its repeats written out. It stops soon
// after the bound.
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

// ruleWords lists the rules that a file can use to compute a value.
func ruleWords() []string { return phrase.Words(Rules()[1:]) }
