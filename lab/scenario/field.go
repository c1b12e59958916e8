package scenario

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"corslab/lab/policy"
)

// Section is a part of an attempt that a page shows as a unit.
type Section string

// The sections.
const (
	SectionAttempt Section = "attempt" // the attempt as a whole, if it is too large to be shown
	SectionScript  Section = "script"
	SectionShape   Section = "shape" // the parts of the script that only a sandbox lets the learner set
	SectionRoute   Section = "place" // the address of a route in a sandbox
	SectionPolicy  Section = "policy"
	SectionReply   Section = "reply" // a group of the policy
	SectionAccount Section = "account"
	SectionCache   Section = "cache"
)

// Field is an input of an attempt, or a section of one, that a fault or an edit is
// about.
type Field struct {
	Section Section
	Group   policy.Group // the reply's group
	Route   int          // the route whose address it is, from 1
	Name    string       // name of the input; "" for the whole section or a header row
	Row     int          // number of the header row, from 1; 0 if it isn't a header row
}

// InReply returns the input with the name in a group of the policy. The name "" means
// the whole group.
func InReply(g policy.Group, name string) Field {
	return Field{Section: SectionReply, Group: g, Name: name}
}

// AtRow returns the header row with the index, from 0, in the field's section.
func (f Field) AtRow(i int) Field {
	f.Name, f.Row = "", i+1
	return f
}

// Named returns the input with the name in the field's section.
func (f Field) Named(name string) Field {
	f.Name = name
	return f
}

// whole returns the field's section without the name of an input.
func (f Field) whole() string {
	switch f.Section {
	case SectionReply:
		return f.Group.String()
	case SectionRoute:
		return fmt.Sprintf("%s-%d", f.Section, f.Route)
	}
	return string(f.Section)
}

// String is the field's name in markup and messages: "response:3" for the fourth
// header row, "script.mode", "policy".
func (f Field) String() string {
	switch {
	case f.Row > 0:
		return f.whole() + ":" + strconv.Itoa(f.Row-1)
	case f.Name != "":
		return f.whole() + "." + f.Name
	}
	return f.whole()
}

// ParseField reads what [Field.String] writes.
func ParseField(text string) (Field, error) {
	whole, rest := text, ""
	if at := strings.IndexAny(text, ".:"); at >= 0 {
		whole, rest = text[:at], text[at:]
	}
	f := Field{Section: Section(whole)}
	if number, routed := strings.CutPrefix(whole, string(SectionRoute)+"-"); routed {
		f.Section = SectionRoute
		f.Route, _ = strconv.Atoi(number)
	} else if g, err := policy.ParseGroup(whole); err == nil {
		f.Section, f.Group = SectionReply, g
	}
	f.Name = strings.TrimPrefix(rest, ".")
	if row, found := strings.CutPrefix(rest, ":"); found {
		i, err := strconv.Atoi(row)
		if err != nil {
			return Field{}, fmt.Errorf("found the field %.60q; want a number after the colon", text)
		}
		f = f.AtRow(i)
	}
	wrong := strings.Trim(f.Name, "abcdefghijklmnopqrstuvwxyz_") != "" || f.Section == SectionRoute && f.Route < 1
	if wrong || !slices.Contains(sections(), f.Section) || f.String() != text {
		return Field{}, fmt.Errorf("found the field %.60q; want one such as response:3, script.mode or policy", text)
	}
	return f, nil
}

func sections() []Section {
	return []Section{SectionAttempt, SectionScript, SectionShape, SectionRoute, SectionPolicy, SectionReply, SectionAccount, SectionCache}
}
