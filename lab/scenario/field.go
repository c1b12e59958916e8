package scenario

import (
	"fmt"
	"strconv"

	"corslab/lab/policy"
)

// Section is a part of an attempt that a page shows as a unit.
type Section string

// The sections.
const (
	SectionAttempt Section = "attempt" // the attempt as a whole, if it is too large to be shown
	SectionScript  Section = "script"
	SectionShape   Section = "shape" // what only a sandbox lets the learner set of the script
	SectionRoute   Section = "route" // the address of a route in a sandbox
	SectionPolicy  Section = "policy"
	SectionReply   Section = "reply" // a group of the policy
	SectionAccount Section = "account"
	SectionCache   Section = "cache"
)

// Field is an input of an attempt, or a section of one, that a fault or an edit is
// about.
type Field struct {
	Section Section
	Group   policy.Group // of a reply
	Route   int          // whose address it is, from 1
	Input   Input        // "" for the section as a whole or a header row
	Row     int          // of a header, from 1; 0 if it is no header row
}

// InReply returns an input of a group of the policy, or the whole group for "".
func InReply(g policy.Group, input Input) Field {
	return Field{Section: SectionReply, Group: g, Input: input}
}

// AtRow returns the header row with the index, from 0, in the field's section.
func (f Field) AtRow(i int) Field {
	f.Input, f.Row = "", i+1
	return f
}

// Named returns an input in the field's section.
func (f Field) Named(input Input) Field {
	f.Input = input
	return f
}

// InSection returns the field's section as a whole.
func (f Field) InSection() Field {
	f.Input, f.Row = "", 0
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
	case f.Input != "":
		return f.whole() + "." + string(f.Input)
	}
	return f.whole()
}
