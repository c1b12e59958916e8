package e2e_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"corslab/lab/cors"
	"corslab/lab/policy"
	"corslab/lab/scenario"
	"corslab/lab/scenario/format"
	"corslab/web"
	"corslab/web/browsers/play"
	"corslab/web/labtest"
)

// sends makes requests of every kind to each of the URLs from the runner's document,
// with credentials, and waits for those that can be waited for.
const sends = `(async (urls) => {
	const every = []
	const settled = (start) => every.push(new Promise((resolve) => {
		setTimeout(resolve, 4000)
		Promise.resolve().then(() => start(resolve)).catch(resolve) // a policy may refuse it
	}))
	const element = (tag, url) => settled((done) => {
		const made = document.createElement(tag)
		made.onload = made.onerror = done
		made.src = url
		document.body.append(made)
	})
	for (const url of urls) {
		settled(async () => navigator.sendBeacon(url, "exec"))
		settled((done) => fetch(url, { mode: "no-cors", credentials: "include" }).then(done))
		settled((done) => fetch(url, { method: "POST", mode: "no-cors", credentials: "include", body: "exec" }).then(done))
		settled((done) => fetch(url, { credentials: "include" }).then(done))
		settled((done) => fetch(url, { method: "POST", keepalive: true, mode: "no-cors", credentials: "include", body: "exec" }).then(done))
		for (const method of ["GET", "POST"]) settled((done) => {
			const xhr = new XMLHttpRequest()
			xhr.open(method, url)
			xhr.withCredentials = true
			xhr.onloadend = done
			xhr.send("exec")
		})
		element("img", url)
		element("script", url)
		element("iframe", url)
		settled((done) => {
			const source = new EventSource(url, { withCredentials: true })
			source.onerror = () => done(source.close())
		})
		settled((done) => {
			const frame = document.createElement("iframe")
			const form = document.createElement("form")
			frame.name = "frame-" + every.length
			Object.assign(form, { method: "POST", action: url, target: frame.name })
			document.body.append(frame, form)
			frame.onload = done
			form.submit()
		})
	}
	await Promise.all(every)
	return every.length
})`

// sendAll makes these requests.
func sendAll(p drivenPage, urls ...string) {
	p.t.Helper()
	list, err := json.Marshal(urls)
	if err != nil {
		p.t.Fatal(err)
	}
	made := 0
	p.evaluate(fmt.Sprintf("%s(%s)", sends, list), &made)
	if want := 12 * len(urls); made != want {
		p.t.Errorf("%d requests were made, want %d", made, want)
	}
}

// putPolicy sends a policy to a session, as a page does that was opened by a link, and
// returns the lab's objection.
func putPolicy(t *testing.T, lab *web.Lab, session, scenarioID string, policy *policy.Policy) string {
	t.Helper()
	state := map[string]any{"scenario": scenarioID, "seq": 0, "run": 0}
	if policy != nil {
		state["attempt"] = scenario.Attempt{Policy: *policy}
	}
	body, err := json.Marshal(state)
	if err != nil {
		t.Fatal(err)
	}
	request, err := http.NewRequestWithContext(t.Context(), "PUT", lab.Origins.Page.String()+"/sessions/"+session, bytes.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	request.Header.Set("Origin", lab.Origins.Page.String())
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = response.Body.Close() }()
	var said struct{ Error string }
	if err := json.NewDecoder(response.Body).Decode(&said); err != nil || response.StatusCode != http.StatusOK {
		t.Fatalf("the session answers %d, %v", response.StatusCode, err)
	}
	return said.Error
}

// fromStrangers is a scenario in which everything in the policy can be set.
const fromStrangers = `corslab: 1
title: From a stranger
track: Test
story: Test
script: {url: "{api}/messages"}
policy: {}
change: [policy]
expect: {outcome: blocked, cause: allow-origin-missing, stage: response}
goal: [{page: readable}]
solutions:
  - policy: {response: {headers: [{Access-Control-Allow-Origin: "{page}"}]}}
`

// strangersSession is a session id such as the page would make.
const strangersSession = "strangersstranger"

// TestStrangers opens links and files that try to use the learner's browser against
// another program on the same machine. That program must get no request, and its cookie
// must stay.
func TestStrangers(t *testing.T) {
	t.Parallel()
	for _, engine := range []cors.Engine{cors.Chromium, cors.Firefox} {
		t.Run(string(engine), func(t *testing.T) {
			use(t, startBrowser(t, engine), func(p *play.Page) {
				t.Run("by a link", func(t *testing.T) { testStrangersLink(t, drivenPage{p, t}) })
				t.Run("by a file", func(t *testing.T) { testStrangersFile(t, drivenPage{p, t}) })
				t.Run("by many cookies", func(t *testing.T) { testStrangersCookies(t, drivenPage{p, t}) })
			})
		})
	}
}

// testStrangersLink sends policies that no session may accept. If one were in force, the
// requests that follow would reach the other program.
func testStrangersLink(t *testing.T, p drivenPage) {
	other := labtest.StartProgram(t, "localhost:0")
	lab, _ := startLab(t, written(t, "stranger.yaml", fromStrangers), anyPort, anyPort)
	p.navigate(other.URL + "/sign-in")
	p.navigate(lab.Origins.Page.String() + "/runner")
	putPolicy(t, lab, strangersSession, "stranger", nil)
	to := other.URL + "/exec"
	for _, h := range []policy.Header{
		{Name: "Location", Value: to},
		{Name: "Location", Value: "http://localhost:8000@" + other.Listener.Addr().String() + "/exec"},
		{Name: "Location", Value: "//" + strings.TrimPrefix(to, "http://")},
		{Name: "Refresh", Value: "0;url=" + to},
		{Name: "Link", Value: "<" + to + ">; rel=preload; as=script"},
		{Name: "Link", Value: "<" + to + ">; rel=next"},
		{Name: "Link", Value: "<" + other.URL + ">; rel=preconnect"},
		{Name: "Content-Security-Policy", Value: "default-src 'none'; report-uri " + to},
		{Name: "Content-Security-Policy-Report-Only", Value: "default-src 'none'; report-uri " + to},
		{Name: "Reporting-Endpoints", Value: `default="` + to + `"`},
		{Name: "Report-To", Value: `{"group":"default","max_age":100,"endpoints":[{"url":"` + to + `"}]}`},
		{Name: "NEL", Value: `{"report_to":"default","max_age":100,"success_fraction":1}`},
		{Name: "Alt-Svc", Value: `h2="` + strings.TrimPrefix(other.URL, "http://") + `"`},
		{Name: "Speculation-Rules", Value: `"` + to + `"`},
		{Name: "Clear-Site-Data", Value: `"cookies"`},
		{Name: "Clear-Site-Data", Value: `"*"`},
	} {
		for _, status := range statuses(h.Name) {
			set := &policy.Policy{Preflight: policy.Reply{Status: 204}, Response: policy.Reply{
				Status: status, Headers: []policy.Header{{Name: allowOrigin, Value: lab.Origins.Page.String(), Own: true}, withOwn(h)},
			}}
			if said := putPolicy(t, lab, strangersSession, "stranger", set); !strings.Contains(said, h.Name) {
				t.Errorf("%s: %s with status %d: the page says %q, want it refused", h.Name, h.Value, status, said)
				sendAll(p, lab.Origins.API.String()+"/"+strangersSession+"/0/messages")
			}
		}
	}
	sendAll(p, lab.Origins.API.String()+"/"+strangersSession+"/0/messages")
	checkUntouched(t, p, other)
}

// statuses lists the statuses to try a field with.
func statuses(name string) []int {
	if name == "Location" {
		return []int{301, 302, 303, 307, 308}
	}
	return []int{200}
}

func withOwn(h policy.Header) policy.Header {
	h.Own = true
	return h
}

// checkUntouched fails the test if the other program got a request, or lost its cookie.
func checkUntouched(t *testing.T, p drivenPage, other *labtest.Program) {
	t.Helper()
	if got := other.AskedAt("/"); len(got) > 0 {
		t.Errorf("the other program got %d requests, the first %s", len(got), got[0])
	}
	p.navigate(other.URL + "/cookies")
	var held string
	if p.evaluate("document.body.innerText", &held); !strings.Contains(held, labtest.ProgramCookie) {
		t.Errorf("the other program's page is asked with the cookies %q, want %s among them", held, labtest.ProgramCookie)
	}
}

// testStrangersFile serves a class at an address of its own, 127.0.0.2. There, {api2} is
// a name of the learner's own machine, where another program has the port. The lab must
// refuse to send such a response, although the file is valid. A file with the address
// itself can't be loaded.
func testStrangersFile(t *testing.T, p drivenPage) {
	other := labtest.StartProgram(t, "127.0.0.1:0")
	literal := strings.Replace(fromStrangers, "policy: {}", "policy: {response: {status: 302, headers: [{Location: "+other.URL+"/exec}]}}", 1)
	if _, err := format.Parse("literal.yaml", []byte(literal)); err == nil || !strings.Contains(err.Error(), "outside this lab") {
		t.Errorf("a file with the other program's address: %v, want it refused", err)
	}
	var routes strings.Builder
	for _, status := range statuses("Location") {
		fmt.Fprintf(&routes, "\n    - {url: \"{api}/%d\", response: {status: %d, headers: [{Location: \"{api2}/exec\"}, {Access-Control-Allow-Origin: \"*\"}]}}", status, status)
	}
	file := strings.Replace(fromStrangers, "policy: {}", "policy:\n  routes:"+routes.String(), 1)
	at, err := url.Parse(other.URL)
	if err != nil {
		t.Fatal(err)
	}
	lab, _ := startLab(t, written(t, "stranger.yaml", file), "127.0.0.2:0", "127.0.0.2:"+at.Port())
	if lab.Origins.API2.String() != other.URL {
		t.Fatalf("{api2} is %s, want the other program's %s", lab.Origins.API2.String(), other.URL)
	}
	p.navigate(other.URL + "/sign-in")
	putPolicy(t, lab, strangersSession, "stranger", nil)
	p.navigate(lab.Origins.Page.String() + "/runner")
	var urls []string
	for _, status := range statuses("Location") {
		urls = append(urls, fmt.Sprintf("%s/%s/0/%d", lab.Origins.API.String(), strangersSession, status))
	}
	sendAll(p, urls...)
	checkUntouched(t, p, other)
}

// testStrangersCookies sets as many cookies as forty policies can hold, which is more
// than a browser keeps for a host.
func testStrangersCookies(t *testing.T, p drivenPage) {
	other := labtest.StartProgram(t, "localhost:0")
	lab, _ := startLab(t, written(t, "stranger.yaml", fromStrangers), anyPort, anyPort)
	p.navigate(other.URL + "/sign-in")
	p.navigate(lab.Origins.Page.String() + "/runner")
	putPolicy(t, lab, strangersSession, "stranger", nil)
	for round := range 40 {
		set := &policy.Policy{Preflight: policy.Reply{Status: 204}, Response: policy.Reply{Status: 200}}
		for row := range policy.MaxCookies {
			cookie := fmt.Sprintf("c%d-%d=1; Path=/%d", round, row, round)
			set.Response.Headers = append(set.Response.Headers, policy.Header{Name: "Set-Cookie", Value: cookie, Own: true})
		}
		if said := putPolicy(t, lab, strangersSession, "stranger", set); said != "" {
			t.Fatal(said)
		}
		p.evaluate(fmt.Sprintf(`fetch("%s/%s/%d/messages", { mode: "no-cors", credentials: "include" }).then(() => true)`,
			lab.Origins.API.String(), strangersSession, round), nil)
	}
	checkUntouched(t, p, other)
}
