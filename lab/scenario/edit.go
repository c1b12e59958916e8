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
	Field  Field  // an input, or for a header its section
	Header string // the name of a header, or "" for an input
	Was    *string
	Is     *string // nil if nothing is sent instead
}

// Difference lists how a's requests and responses differ from those of another attempt:
// first the script's settings and headers, then each reply of the policy. Names of
// headers count without regard to case. Lines of the same name count in their order;
// the order of different names does not count, because the HTTP server sets it.
func (a Attempt) Difference(from Attempt) []Edit {
	script := Field{Section: SectionScript}
	edits := changedShape(from.Shape, a.Shape)
	for _, t := range Settable() {
		edits = append(edits, changed(t.Field(), t.Of(from.Script), t.Of(a.Script))...)
	}
	edits = append(edits, changedHeaders(script, from.Script.Headers, a.Script.Headers)...)
	for _, g := range a.Policy.Groups() {
		was, is := from.Policy.Reply(g), a.Policy.Reply(g)
		edits = append(edits, changedReply(g, was, is)...)
		edits = append(edits, changedHeaders(InReply(g, ""), was.Headers, is.Headers)...)
	}
	edits = append(edits, changedFront(from.Policy.Front, a.Policy.Front)...)
	edits = append(edits, changedAccount(from.Policy.Account, a.Policy.Account)...)
	return append(edits, changed(Field{Section: SectionCache}, string(from.Policy.Cache), string(a.Policy.Cache))...)
}

// changedShape lists the differences that are possible only in a sandbox.
func changedShape(was, is *Shape) []Edit {
	if was == nil || is == nil {
		return nil
	}
	shape := Field{Section: SectionShape}
	return slices.Concat(
		changed(shape.Named(InputFrom), string(was.From), string(is.From)),
		changed(shape.Named(InputIn), string(was.In), string(is.In)),
		changed(shape.Named(InputKind), string(was.Kind), string(is.Kind)),
		changed(shape.Named(InputURL), was.URL.String(), is.URL.String()),
		changed(shape.Named(InputPinned), yesNo(was.Pinned), yesNo(is.Pinned)),
		changed(shape.Named(InputRedirect), string(was.Redirect), string(is.Redirect)),
		changed(shape.Named(InputBody), string(was.Body), string(is.Body)),
		changed(shape.Named(InputText), was.Text, is.Text),
		changed(shape.Named(InputRoutes), addresses(was.Routes), addresses(is.Routes)),
	)
}

func addresses(routes []Address) string {
	texts := make([]string, len(routes))
	for i, address := range routes {
		texts[i] = address.String()
	}
	return strings.Join(texts, " ")
}

func changedFront(was, is *policy.Front) []Edit {
	return changed(InReply(policy.Group{Kind: policy.InFront}, ""), yesNo(was != nil), yesNo(is != nil))
}

func changedAccount(was, is *policy.Account) []Edit {
	account := Field{Section: SectionAccount}
	if was == nil || is == nil {
		return changed(account, yesNo(was != nil), yesNo(is != nil))
	}
	return append(changed(account.Named(InputSameSite), string(was.SameSite), string(is.SameSite)),
		changed(account.Named(InputToken), yesNo(was.Token), yesNo(is.Token))...)
}

// changedReply lists the differences that are not about headers.
func changedReply(g policy.Group, was, is policy.Reply) []Edit {
	return slices.Concat(
		changed(InReply(g, InputStatus), strconv.Itoa(was.Status), strconv.Itoa(is.Status)),
		changed(InReply(g, InputOnlyOK), yesNo(was.OnlyOK), yesNo(is.OnlyOK)),
		changed(InReply(g, InputClose), yesNo(was.Close), yesNo(is.Close)),
		changed(InReply(g, InputDelay), strconv.Itoa(was.Delay)+" ms", strconv.Itoa(is.Delay)+" ms"),
	)
}

func yesNo(is bool) string {
	if is {
		return "yes"
	}
	return "no"
}

func changed(field Field, was, is string) []Edit {
	if was == is {
		return nil
	}
	return []Edit{{Field: field, Was: &was, Is: &is}}
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
			edits = append(edits, Edit{Field: in, Header: h.Name, Was: pair[0], Is: pair[1]})
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
	case !h.Rule.HasArgument():
		return string(h.Rule)
	}
	return string(h.Rule) + " " + value
}
