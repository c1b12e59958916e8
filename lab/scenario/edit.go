package scenario

import (
	"slices"
	"strconv"
	"strings"

	"corslab/lab/policy"
)

// Edit is one line in which two attempts send something different. A row that is
// switched off isn't sent, whatever its value.
type Edit struct {
	In     Field  // the section of the attempt
	Name   string // the header's name, or else "status", or a setting such as "method"
	Header bool   // the edit is about a header
	Was    *string
	Is     *string // nil if nothing replaces it
}

// Difference lists what a sends differently from from: the script's settings and
// headers, then those of each reply. Names are compared without regard to case. The
// order of a name's lines matters. The order of different names doesn't, because the
// HTTP server decides it.
func (a Attempt) Difference(from Attempt) []Edit {
	edits := changedShape(from.Shape, a.Shape)
	for _, t := range Settable() {
		edits = append(edits, changed(Field{Section: SectionScript}, t.Label(), t.Of(from.Script), t.Of(a.Script))...)
	}
	edits = append(edits, changedHeaders(Field{Section: SectionScript}, from.Script.Headers, a.Script.Headers)...)
	for _, g := range a.Policy.Groups() {
		in, was, is := InReply(g, ""), from.Policy.Reply(g), a.Policy.Reply(g)
		edits = append(edits, changedConduct(in, was, is)...)
		edits = append(edits, changedHeaders(in, was.Headers, is.Headers)...)
	}
	return append(edits, changedAroundReplies(from.Policy, a.Policy)...)
}

// changedShape lists the differences in the shape of a sandbox.
func changedShape(was, is *Shape) []Edit {
	if was == nil || is == nil {
		return nil
	}
	return slices.Concat(
		changed(Field{Section: SectionScript}, "from", string(was.From), string(is.From)),
		changed(Field{Section: SectionScript}, "runs in", string(was.In), string(is.In)),
		changed(Field{Section: SectionScript}, "kind", string(was.Kind), string(is.Kind)),
		changed(Field{Section: SectionScript}, "URL", was.URL.String(), is.URL.String()),
		changed(Field{Section: SectionScript}, "same URL each time", yesNo(was.Pinned), yesNo(is.Pinned)),
		changed(Field{Section: SectionScript}, "redirect", string(was.Redirect), string(is.Redirect)),
		changed(Field{Section: SectionScript}, "body", string(was.Body), string(is.Body)),
		changed(Field{Section: SectionScript}, "text of the body", was.Text, is.Text),
		changed(Field{Section: SectionPolicy}, "places of their own", addresses(was.Routes), addresses(is.Routes)),
	)
}

func addresses(routes []Address) string {
	texts := make([]string, len(routes))
	for i, address := range routes {
		texts[i] = address.String()
	}
	return strings.Join(texts, " ")
}

// changedAroundReplies lists the differences in the policy's account, cache and front.
func changedAroundReplies(was, is policy.Policy) (edits []Edit) {
	edits = append(edits, changed(InReply(policy.Group{Kind: policy.InFront}, ""), "proxy in front", yesNo(was.Front != nil), yesNo(is.Front != nil))...)
	edits = append(edits, changed(Field{Section: SectionAccount}, "account", yesNo(was.Account != nil), yesNo(is.Account != nil))...)
	if was.Account != nil && is.Account != nil {
		edits = append(edits, changed(Field{Section: SectionAccount}, "SameSite", string(was.Account.SameSite), string(is.Account.SameSite))...)
		edits = append(edits, changed(Field{Section: SectionAccount}, "asks for a token", yesNo(was.Account.Token), yesNo(is.Account.Token))...)
	}
	return append(edits, changed(Field{Section: SectionCache}, "keeps answers", string(was.Cache), string(is.Cache))...)
}

// changedConduct lists the differences other than headers.
func changedConduct(in Field, was, is policy.Reply) []Edit {
	return slices.Concat(
		changed(in, "status", strconv.Itoa(was.Status), strconv.Itoa(is.Status)),
		changed(in, "errors lose headers", yesNo(was.OnlyOK), yesNo(is.OnlyOK)),
		changed(in, "closes the connection", yesNo(was.Close), yesNo(is.Close)),
		changed(in, "delay", strconv.Itoa(was.Delay)+" ms", strconv.Itoa(is.Delay)+" ms"),
	)
}

func yesNo(is bool) string {
	if is {
		return "yes"
	}
	return "no"
}

func changed(in Field, name, was, is string) []Edit {
	if was == is {
		return nil
	}
	return []Edit{{In: in, Name: name, Was: &was, Is: &is}}
}

// changedHeaders compares the headers, in the order of the rows.
func changedHeaders(in Field, was, is []policy.Header) (edits []Edit) {
	seen := make(map[string]bool)
	for _, h := range slices.Concat(is, was) {
		key := strings.ToLower(h.Name)
		if seen[key] {
			continue
		}
		seen[key] = true
		for _, pair := range align(valuesSent(was, h.Name), valuesSent(is, h.Name)) {
			edits = append(edits, Edit{In: in, Name: h.Name, Header: true, Was: pair[0], Is: pair[1]})
		}
	}
	return edits
}

// valuesSent lists the values sent under a name.
func valuesSent(headers []policy.Header, name string) (values []string) {
	for _, h := range policy.On(headers) {
		if strings.EqualFold(h.Name, name) {
			values = append(values, textOf(h))
		}
	}
	return values
}

// textOf is the value as it is sent, without the spaces around it, which never reach
// the wire, or the rule that computes it.
func textOf(h policy.Header) string {
	value := strings.Trim(h.Value, " \t")
	switch {
	case h.Rule == policy.Literal:
		return value
	case !h.Rule.Argued():
		return string(h.Rule)
	}
	return string(h.Rule) + " " + value
}

// align pairs the differences between two lists. Between two values that both lists
// share, the first that was removed goes with the first that was added, and so on.
func align(was, is []string) (pairs [][2]*string) {
	shared := countShared(was, is)
	var gone, come []string
	for i, j := 0, 0; i < len(was) || j < len(is); {
		switch {
		case i < len(was) && j < len(is) && was[i] == is[j]:
			pairs = append(pairs, pairUp(gone, come)...)
			gone, come = nil, nil
			i, j = i+1, j+1
		case j == len(is) || i < len(was) && shared[i+1][j] >= shared[i][j+1]:
			gone = append(gone, was[i])
			i++
		default:
			come = append(come, is[j])
			j++
		}
	}
	return append(pairs, pairUp(gone, come)...)
}

// countShared says at [i][j] how many values was[i:] and is[j:] share, in order.
func countShared(was, is []string) [][]int {
	shared := make([][]int, len(was)+1)
	for i := range shared {
		shared[i] = make([]int, len(is)+1)
	}
	for i := len(was) - 1; i >= 0; i-- {
		for j := len(is) - 1; j >= 0; j-- {
			shared[i][j] = max(shared[i+1][j], shared[i][j+1])
			if was[i] == is[j] {
				shared[i][j] = shared[i+1][j+1] + 1
			}
		}
	}
	return shared
}

func pairUp(gone, come []string) [][2]*string {
	pairs := make([][2]*string, max(len(gone), len(come)))
	for i := range gone {
		pairs[i][0] = &gone[i]
	}
	for i := range come {
		pairs[i][1] = &come[i]
	}
	return pairs
}
