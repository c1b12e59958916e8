package view

import (
	"cmp"
	"strings"

	"corslab/lab/policy"
	"corslab/lab/scenario"
)

// inputLabel is the name of an input on the page, within its section.
func inputLabel(f scenario.Field) string {
	switch f.Input {
	case scenario.InputOnlyOK:
		return "errors lose headers"
	case scenario.InputClose:
		return "closes the connection"
	case scenario.InputSameSite:
		return "SameSite"
	case scenario.InputToken:
		return "asks for a token"
	case scenario.InputIn:
		return "runs in"
	case scenario.InputURL:
		return "URL"
	case scenario.InputPinned:
		return "same URL each time"
	case scenario.InputText:
		return "text of the body"
	case scenario.InputRoutes:
		return "places of their own"
	case "":
		return sectionLabel(f)
	}
	return strings.ReplaceAll(string(f.Input), "_", " ")
}

// sectionLabel is inputLabel for a section that is an input itself.
func sectionLabel(f scenario.Field) string {
	switch f.Section {
	case scenario.SectionReply:
		return replyName(f.Group.Kind)
	case scenario.SectionCache:
		return "keeps answers"
	}
	return string(f.Section)
}

func replyName(kind policy.GroupKind) string {
	switch kind {
	case policy.Preflight:
		return "preflight response"
	case policy.InFront:
		return "proxy in front"
	}
	return "response"
}

// subject names an input so that it can be understood outside of its section.
func subject(p policy.Policy, f scenario.Field) string {
	switch f.Section {
	case scenario.SectionReply:
		return replySubject(p, f)
	case scenario.SectionAccount:
		return within("account", inputLabel(f))
	case scenario.SectionCache:
		return within("shared cache", inputLabel(f))
	case scenario.SectionRoute:
		return within("place"+atRoute(p, f.Route), inputLabel(f))
	}
	return requestSubject(f)
}

// replySubject is subject for an input of a reply.
func replySubject(p policy.Policy, f scenario.Field) string {
	at := atRoute(p, f.Group.Route)
	if f.Input == scenario.InputStatus {
		return replyName(f.Group.Kind) + " status" + at
	}
	return within(replyName(f.Group.Kind)+at, inputLabel(f))
}

// requestSubject is subject for an input of the request.
func requestSubject(f scenario.Field) string {
	named := map[scenario.Input]string{
		scenario.InputMethod: "request method", scenario.InputMode: "request mode", scenario.InputCredentials: "credentials mode", scenario.InputVia: "path to the API",
		scenario.InputKind: "kind of request", scenario.InputBody: "request body", scenario.InputText: "text of the request body",
		scenario.InputFrom: "sent from", scenario.InputRedirect: "redirect mode", scenario.InputPinned: "same URL for every Send",
		scenario.InputRoutes: "places with responses of their own",
	}
	return cmp.Or(named[f.Input], inputLabel(f))
}

// headerSubject is subject for a header of the section.
func headerSubject(p policy.Policy, in scenario.Field, name string) string {
	switch {
	case in.Section != scenario.SectionReply:
		return "request header " + name
	case in.Group.Kind == policy.InFront:
		return "header added by the proxy in front, " + name
	}
	return replyName(in.Group.Kind) + " header " + name + atRoute(p, in.Group.Route)
}

// editSubject names what an edit changes.
func editSubject(p policy.Policy, e scenario.Edit) string {
	if e.Header != "" {
		return headerSubject(p, e.Field, e.Header)
	}
	return subject(p, e.Field)
}

// atRoute names the URL of a route, or nothing if the policy has no such route.
func atRoute(p policy.Policy, route int) string {
	if route < 1 || route > len(p.Routes) {
		return ""
	}
	return " at " + p.Routes[route-1].URL
}

// within adds the name of an input to that of its section, unless both are the same.
func within(section, input string) string {
	if input == section {
		return section
	}
	return section + ", " + input
}
