package e2e_test

import (
	"slices"
	"strings"

	"github.com/chromedp/cdproto/accessibility"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// focused is what assistive technology learns about the element with the focus.
type focused struct {
	role, name, description string
	within                  []string // the names of the groups that it is in
}

func (l *learner) focused() focused {
	l.t.Helper()
	element, err := chromedp.Call(l.tab.Context(), runtime.Evaluate, runtime.EvaluateParams{Expression: "document.activeElement"})
	if err != nil {
		l.t.Fatal(err)
	}
	tree, err := chromedp.Call(l.tab.Context(), accessibility.GetPartialAXTree, accessibility.GetPartialAXTreeParams{ObjectID: element.Result.ObjectID})
	if err != nil {
		l.t.Fatal(err)
	}
	node := tree.Nodes[0]
	f := focused{role: text(node.Role), name: text(node.Name), description: text(node.Description)}
	for node != nil {
		at := slices.IndexFunc(tree.Nodes, func(n *accessibility.Node) bool { return n.NodeID == node.ParentID })
		if at < 0 {
			break
		}
		node = tree.Nodes[at]
		f.within = append(f.within, text(node.Name))
	}
	return f
}

// tabToNamed presses Tab until the focus is on an element with the role and the name, in
// a group of that name ("" for any). The focused element must be visible.
func (l *learner) tabToNamed(group, role, name string) {
	l.t.Helper()
	for range 200 {
		l.press(kb.Tab)
		f := l.focused()
		if f.role != role || f.name != name || group != "" && !slices.Contains(f.within, group) {
			continue
		}
		if !get[bool](l, inSight) {
			l.t.Errorf("%s %q has the focus and cannot be seen", role, name)
		}
		return
	}
	l.t.Fatalf("no Tab leads to the %s %q in %q", role, name, group)
}

// inSight is whether some part of the focused element is visible.
const inSight = `[...document.activeElement.getClientRects()].some((box) =>
	[[0.5, 0.5], [0.1, 0.5], [0.9, 0.5]].some(([x, y]) => {
		const top = document.elementFromPoint(box.x + x * box.width, box.y + y * box.height)
		return top !== null && (document.activeElement.contains(top) || top.contains(document.activeElement))
	}))`

// wantDescribed expects a text in the description of the focused element.
func (l *learner) wantDescribed(want string) {
	l.t.Helper()
	if f := l.focused(); !strings.Contains(f.description, want) {
		l.t.Errorf("%s %q is described as %q, want %q in it", f.role, f.name, f.description, want)
	}
}
