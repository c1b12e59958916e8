package attack_test

import (
	"context"
	"encoding/base64"
	"encoding/json"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"testing"

	"corslab/lab/cors"
	"corslab/lab/endpoint"
	"corslab/lab/policy"
	"corslab/lab/scenario"
	"corslab/web/browsers/drivertest"
	"corslab/web/browsers/play"
	"corslab/web/labtest"
)

// TestBrowsers opens each hostile link in a real browser and presses Send, like a
// learner who trusts it. Another program listens on the same host, and the browser is
// signed in there.
func TestBrowsers(t *testing.T) {
	for _, engine := range []cors.Engine{cors.Chromium, cors.Firefox} {
		t.Run(string(engine), func(t *testing.T) {
			t.Parallel()
			b := drivertest.Start(t, func(ctx context.Context) (*play.Browser, error) { return play.Start(ctx, engine, 1) })
			if err := b.Use(t.Context(), func(p *play.Page) { attackAll(t, p) }); err != nil {
				t.Fatal(err)
			}
		})
	}
}

func attackAll(t *testing.T, p *play.Page) {
	v := victim{page: p, lab: startLab(t, "localhost:0"), program: labtest.StartProgram(t, "localhost:0")}
	each(t, "send", v.attack)
	// By now, late requests such as beacons and reports have arrived.
	for _, line := range v.program.AskedAt("/") {
		t.Errorf("the other program was asked: %s", line)
	}
}

// victim is a learner's browser, the lab that it uses, and another program.
type victim struct {
	page    *play.Page
	lab     lab
	program *labtest.Program
}

func (v victim) attack(t *testing.T, a attack) {
	ctx := t.Context()
	target := v.program.URL + "/" + strings.ToLower(strings.ReplaceAll(t.Name()[strings.LastIndex(t.Name(), "/")+1:], " ", "-"))
	attempt := a.attempt(t, func(text string) string { return v.lab.expand(text, target) })
	v.navigate(t, v.program.URL+"/sign-in") // an earlier attack may have removed the cookie
	if err := v.page.Open(ctx, v.lab.Origins.Page.String()+"/scenarios/sandbox#"+oldLink(t, attempt)); err != nil {
		t.Fatal(err)
	}
	v.evaluate(t, `String(addEventListener("message", (event) => { if (event.data === "taken") window.taken = event.origin }))`)
	if a.Post != "" {
		v.post(t, a.Post)
	}
	for range max(a.Times, 1) {
		v.send(t)
	}
	check, known := v.consequences()[a.Then]
	if !known {
		t.Fatalf("then %q is unknown", a.Then)
	}
	check(t, target)
}

// consequences are the checks that a row can ask for after its attack.
func (v victim) consequences() map[string]func(t *testing.T, target string) {
	return map[string]func(*testing.T, string){
		"the other program gets no request": func(t *testing.T, target string) {
			if asked := v.program.AskedAt(strings.TrimPrefix(target, v.program.URL)); len(asked) > 0 {
				t.Errorf("the other program was asked: %q", asked)
			}
		},
		"the other program keeps its cookie": func(t *testing.T, _ string) {
			v.navigate(t, v.program.URL+"/cookies")
			if got := v.evaluate(t, `document.body.innerText`); !strings.Contains(got, labtest.ProgramCookie) {
				t.Errorf("the browser has the cookies %q, want %s among them", got, labtest.ProgramCookie)
			}
		},
		"no code runs": func(t *testing.T, _ string) {
			if got := v.evaluate(t, `String(window.taken ?? document.querySelector("iframe[id^=runner-page]").contentWindow.taken ?? localStorage.taken ?? "")`); got != "" {
				t.Errorf("code of the attacker ran on the lab's own origin: %s", got)
			}
		},
	}
}

func (v victim) navigate(t *testing.T, url string) {
	t.Helper()
	if err := v.page.Navigate(t.Context(), url); err != nil {
		t.Fatal(err)
	}
}

func (v victim) evaluate(t *testing.T, expression string) (value string) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), patience)
	defer cancel()
	if err := v.page.Evaluate(ctx, expression, &value); err != nil {
		t.Fatal(err)
	}
	return value
}

// send presses Send and waits until the run is judged. If the policy is refused, the
// sandbox's own stays in force, so a run follows anyway.
func (v victim) send(t *testing.T) {
	t.Helper()
	v.evaluate(t, `new Promise((resolve) => {
		const button = () => document.querySelector("[data-action=send]")
		const run = () => document.getElementById("verdict").dataset.run
		const before = run()
		const judged = () => run() && run() !== before && !button().matches("[aria-disabled=true]")
		const observer = new MutationObserver(() => judged() && resolve("judged"))
		observer.observe(document, { attributes: true, childList: true, subtree: true })
		button().click()
	})`)
}

// post adds a message to the page's session.
func (v victim) post(t *testing.T, text string) {
	t.Helper()
	session := v.evaluate(t, `history.state.session`)
	got := v.lab.raw(t, v.lab.Origins.API.String(), "POST /"+session+"/0/messages", []string{"Content-Type: text/plain"}, text)
	if got.status != http.StatusOK {
		t.Fatalf("the message is answered with status %d", got.status)
	}
}

// attempt returns the attempt that a row's link holds.
func (a attack) attempt(t *testing.T, expand func(string) string) scenario.Attempt {
	t.Helper()
	attempt := sandbox()
	words := strings.Fields(a.Send)
	attempt.Shape.Kind = scenario.Kind(words[0])
	for _, word := range words[1:] {
		a.word(t, word, &attempt)
	}
	if a.Respond != 0 {
		attempt.Policy.Response.Status = a.Respond
	}
	for _, text := range a.Headers {
		for _, one := range numbered(text) {
			name, value := line(expand(one))
			attempt.Policy.Response.Headers = append(attempt.Policy.Response.Headers, policy.Header{Name: name, Value: value, Own: true})
		}
	}
	return attempt
}

// numbered expands an abbreviation: a{1..40} becomes forty texts, from a1 to a40.
func numbered(text string) (all []string) {
	before, after, found := strings.Cut(text, "{1..40}")
	if !found {
		return []string{text}
	}
	for i := range 40 {
		all = append(all, before+strconv.Itoa(i+1)+after)
	}
	return all
}

// takes reports whether a word is a value of a setting.
func takes(setting, word string) bool {
	return slices.ContainsFunc(scenario.Settings(), func(t scenario.Setting) bool {
		return string(t.Name) == setting && slices.Contains(t.Words(scenario.KindFetch), word)
	})
}

// word applies one word of Send.
func (a attack) word(t *testing.T, word string, attempt *scenario.Attempt) {
	t.Helper()
	shape, script := attempt.Shape, &attempt.Script
	switch {
	case takes("mode", word):
		script.Mode = cors.Mode(word)
	case takes("credentials", word):
		script.Credentials = cors.Credentials(word)
	case takes("from", word):
		shape.From = scenario.Caller(word)
	case takes("in", word):
		shape.In = scenario.Context(word)
	case slices.Contains(scenario.BodyKinds(), cors.BodyKind(word)):
		shape.Body, shape.Text = cors.BodyKind(word), "text=hello"
	case strings.HasPrefix(word, "/"):
		shape.URL.Path = word
	case word == strings.ToUpper(word):
		script.Method = word
	case word == "proxied":
		script.Via = endpoint.SameOrigin
	default:
		t.Fatalf("send: %q is unknown", word)
	}
}

// oldLink returns a link in the format that labs wrote before links had versions. Anyone
// can write one by hand.
func oldLink(t *testing.T, attempt scenario.Attempt) string {
	t.Helper()
	encoded, err := json.Marshal(attempt)
	if err != nil {
		t.Fatal(err)
	}
	return base64.RawURLEncoding.EncodeToString(encoded)
}
