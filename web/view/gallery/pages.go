package gallery

import (
	"corslab/lab/cors"
	"corslab/lab/scenario"
	"corslab/lab/scenario/format"
	"corslab/web/view"

	"github.com/a-h/templ"
)

// pages returns the samples of components that are whole documents.
func pages(st *fixture) []Sample {
	before, after := st.shipped.Neighbors("put-not-allowed")
	middle := view.ScenarioPage{Scenario: st.find("put-not-allowed"), Before: before, After: after, Origins: st.origins}
	return []Sample{
		{Name: "index", Of: "Index", State: "the shipped scenarios by track", Page: view.Index(st.shipped, st.origins, 0)},
		{Name: "index-problems", Of: "Index", State: "files have problems", Page: view.Index(st.own, st.origins, 2)},
		{Name: "problems", Of: "Problems", State: "in two files", Page: view.Problems(someProblems())},
		{Name: "differences", Of: "Differences", State: "all of them", Page: view.Differences(cors.Differences())},
		{Name: "problems-none", Of: "Problems", State: "all is well", Page: view.Problems(nil)},
		{Name: "scenario", Of: "Scenario", State: "before the first run", Page: view.Scenario(middle)},
		{
			Name: "scenario-everything", Of: "Scenario", State: "alone in its library, and with everything",
			Page: view.Scenario(view.ScenarioPage{Scenario: st.find("everything"), Origins: st.origins}),
		},
		{Name: "scenario-sandbox", Of: "Scenario", State: "the sandbox", Page: view.Scenario(view.ScenarioPage{Scenario: st.find(scenario.SandboxID), Origins: st.origins})},
		{Name: "look-up", Of: "LookUp", State: "before anything is asked", Page: st.lookUp("")},
		{Name: "look-up-sure", Of: "LookUp", State: "a line of Chrome", Page: st.lookUp("Access to fetch at 'https://api.example/items' from origin 'https://shop.example' has been blocked by CORS policy: Response to preflight request doesn't pass access control check: No 'Access-Control-Allow-Origin' header is present on the requested resource.")},
		{Name: "look-up-several", Of: "LookUp", State: "a line that has several causes", Page: st.lookUp("Origin https://shop.example is not allowed by Access-Control-Allow-Origin. Status code: 200")},
		{Name: "look-up-topic", Of: "LookUp", State: "a line that is not about CORS", Page: st.lookUp("net::ERR_BLOCKED_BY_ORB")},
		{Name: "look-up-no-reason", Of: "LookUp", State: "what a script gets", Page: st.lookUp(refused)},
		{Name: "look-up-guess", Of: "LookUp", State: "a guess", Page: st.lookUp("wildcard with credentials")},
		{Name: "look-up-nothing", Of: "LookUp", State: "nothing is known", Page: st.lookUp("lorem ipsum")},
		{Name: "failure", Of: "Failure", State: "a page that is not there", Page: view.Failure("Page not found", "There is no page at /scenarios/none. A scenario may have been renamed.", 0)},
		{Name: "runner", Of: "Runner", State: "nothing to be seen", Page: view.Runner(st.origins.Page.String(), nil)},
		{Name: "too-long", Of: "TooLong", State: "an address of 70 KiB", Page: view.TooLong(64)},
	}
}

func (st *fixture) lookUp(text string) templ.Component {
	return view.LookUp(view.LookUpPage{Reading: st.glossary.LookUp(text), Glossary: st.glossary, Library: st.shipped})
}

// someProblems returns problems such as the loader reports.
func someProblems() format.Problems {
	return format.Problems{
		{File: "course/10-hello.yaml", Line: 3, Column: 1, Message: `scenario: unknown key "trakc"; did you mean "track"?`, Excerpt: "trakc: Mine\n^"},
		{File: "course/10-hello.yaml", Line: 8, Column: 15, Message: `goal[0].page: unknown value "reedable"; did you mean "readable"?`, Excerpt: "goal: [{page: reedable}, {sent: [GET]}, {shows: [X-Request-Id, ETag, Link]}, {because: Everybody may read what it says}]\n              ^"},
		{File: "course/20-hello.yaml", Message: `the id "hello" is taken by course/10-hello.yaml; want another file name`},
	}
}
