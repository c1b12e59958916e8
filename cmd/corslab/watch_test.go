package main

import (
	"encoding/json"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"runtime"
	"runtime/debug"
	"strings"
	"sync"
	"testing"
	"time"

	"corslab/cmd/internal/cli"

	"github.com/gorilla/websocket"
)

const (
	openPages = 50
	renamed   = "title: Mended"
)

// TestServe_watches edits, breaks, fixes and deletes a file while many pages of its
// scenario are open. Each page is notified and keeps working. When the pages are
// closed, and when the lab has stopped, nothing is left open.
func TestServe_watches(t *testing.T) {
	defer debug.SetGCPercent(debug.SetGCPercent(-1)) // the garbage collector would close what was left open
	dir := t.TempDir()
	file := write(t, dir, "90-own.yaml", scenarioFile)
	atRest := leftOpen(t)
	lab := start(t, "--page-addr", "localhost:0", "--api-addr", "localhost:0", "--scenarios", dir)
	get(t, lab.page+"problems")
	serving := leftOpen(t)

	pages := make([]*openPage, openPages)
	for i := range pages {
		pages[i] = visit(t, lab, "own", i)
	}
	notified := func(step, want string) {
		t.Helper()
		for _, page := range pages {
			page.wantNotice(step, want)
			page.wantWorking(step)
		}
	}
	write(t, dir, "90-own.yaml", strings.Replace(scenarioFile, "title: My own", "title: Edited", 1))
	notified("edited", "Load the new version")

	write(t, dir, "90-own.yaml", strings.Replace(scenarioFile, "track:", "trakc:", 1))
	awaitPage(t, lab.page+"problems", file+"</code>", "3:1", `did you mean &#34;track&#34;?`, "trakc: Mine\n^")
	awaitPage(t, lab.page+"scenarios/own", "Edited") // the last version without problems

	write(t, dir, "90-own.yaml", strings.Replace(scenarioFile, "title: My own", renamed, 1))
	awaitPage(t, lab.page+"problems", "Every file can be read")
	awaitPage(t, lab.page+"scenarios/own", "Mended")

	write(t, dir, "91-new.yaml", scenarioFile)
	awaitPage(t, lab.page+"scenarios/new", "My own")

	if err := os.Remove(file); err != nil {
		t.Fatal(err)
	}
	notified("deleted", "has been taken away")
	replaceFile(t, dir, "90-own.yaml", scenarioFile)
	notified("as it was, written as editors do", `role="status"></div>`)

	for _, page := range pages {
		page.socket.Close()
	}
	awaitLeft(t, "the pages are closed", serving)
	errs := lab.stop(t, cli.Done)
	awaitLeft(t, "the lab is stopped", atRest)
	for _, want := range []string{
		"corslab: problems in scenario files; their last versions without any stay in force:\n" + file + ":3:1: ",
		"corslab: the scenario files have no problems any more\n",
	} {
		if !strings.Contains(errs, want) {
			t.Errorf("stderr = %q, want %q in it", errs, want)
		}
	}
}

// TestServe_goneFolder removes a whole folder, creates another with the same name, and
// changes a file in that one.
func TestServe_goneFolder(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "course")
	write(t, dir, "90-own.yaml", scenarioFile)
	lab := start(t, "--page-addr", "localhost:0", "--api-addr", "localhost:0", "--scenarios", dir)
	if err := os.Rename(dir, dir+"-away"); err != nil {
		t.Fatal(err)
	}
	awaitPage(t, lab.page+"problems", dir+"</code>", "no such folder")
	awaitPage(t, lab.page+"scenarios/own", "My own")

	write(t, dir, "91-new.yaml", scenarioFile)
	awaitPage(t, lab.page+"scenarios/new", "My own")
	awaitPage(t, lab.page+"problems", "Every file can be read")
	if status, _ := get(t, lab.page+"scenarios/own"); status != http.StatusNotFound {
		t.Errorf("a scenario of the removed folder: status %d, want 404", status)
	}
	write(t, dir, "91-new.yaml", strings.Replace(scenarioFile, "title: My own", renamed, 1))
	awaitPage(t, lab.page+"scenarios/new", "Mended")
	lab.stop(t, cli.Done)
}

// TestServe_hostileFolder fills a folder with things that aren't scenario files.
func TestServe_hostileFolder(t *testing.T) {
	outside := write(t, t.TempDir(), "outside.yaml", scenarioFile)
	dir := t.TempDir()
	write(t, dir, "90-own.yaml", scenarioFile)
	lab := start(t, "--page-addr", "localhost:0", "--api-addr", "localhost:0", "--scenarios", dir)
	for name, to := range map[string]string{"loop.yaml": "loop.yaml", "nowhere.yaml": "none", "outside.yaml": outside, "folder.yaml": "."} {
		if err := os.Symlink(to, filepath.Join(dir, name)); err != nil {
			t.Fatal(err)
		}
	}
	write(t, dir, "large.yaml", strings.Repeat("#", 10<<20))
	awaitPage(t, lab.page+"problems", "loop.yaml", "nowhere.yaml", "outside.yaml", "path escapes", "not a regular file", "262144 bytes, the most that is read")
	for i := range 1_200 {
		write(t, dir, fmt.Sprintf("many-%d.yaml", i), scenarioFile)
	}
	awaitPage(t, lab.page+"problems", "at most 1000 are read of one folder")
	awaitPage(t, lab.page+"scenarios/own", "My own")
	lab.stop(t, cli.Done)
}

// TestServe_flood changes a file continually. The lab keeps responding, and its page is
// notified.
func TestServe_flood(t *testing.T) {
	dir := t.TempDir()
	write(t, dir, "90-own.yaml", scenarioFile)
	lab := start(t, "--page-addr", "localhost:0", "--api-addr", "localhost:0", "--scenarios", dir)
	page := visit(t, lab, "own", 0)
	stop, stopped := make(chan struct{}), make(chan struct{})
	go func() {
		defer close(stopped)
		for i := 0; ; i++ {
			select {
			case <-stop:
				return
			default:
				file := filepath.Join(dir, fmt.Sprintf("flood-%d.yaml", i%20))
				if err := os.WriteFile(file, []byte(scenarioFile+fmt.Sprintf("# %d", i)), 0o600); err != nil {
					t.Error(err)
				}
			}
		}
	}()
	end := sync.OnceFunc(func() {
		close(stop)
		<-stopped
	})
	t.Cleanup(end)
	write(t, dir, "90-own.yaml", strings.Replace(scenarioFile, "title: My own", renamed, 1))
	page.wantNotice("edited in the flood", "Load the new version")
	page.wantWorking("the flood")
	end()
	lab.stop(t, cli.Done)
}

// openPage is an open page of a scenario, reduced to its session and its socket.
type openPage struct {
	t                      *testing.T
	lab                    *served
	id, scenario, revision string
	socket                 *websocket.Conn
}

func visit(t *testing.T, lab *served, scenario string, number int) *openPage {
	t.Helper()
	_, html := get(t, lab.page+"scenarios/"+scenario)
	found := regexp.MustCompile(`data-revision="([^"]+)"`).FindStringSubmatch(html)
	if found == nil {
		t.Fatalf("the page doesn't say which revision it shows:\n%s", html)
	}
	page := &openPage{t: t, lab: lab, id: fmt.Sprintf("openpagenumber%06d", number), scenario: scenario, revision: found[1]}
	page.wantWorking("opened")
	origin := strings.TrimSuffix(lab.page, "/")
	url := "ws" + strings.TrimPrefix(origin, "http") + "/sessions/" + page.id + "/journal?after=0&revision=" + page.revision
	socket, response, err := websocket.DefaultDialer.DialContext(t.Context(), url, http.Header{"Origin": {origin}})
	if err != nil {
		t.Fatalf("dial %s: %v (%v)", url, err, response)
	}
	t.Cleanup(func() { socket.Close() })
	page.socket = socket
	return page
}

// wantNotice expects the next message to the page about its scenario.
func (p *openPage) wantNotice(step, want string) {
	p.t.Helper()
	if err := p.socket.SetReadDeadline(time.Now().Add(patience)); err != nil {
		p.t.Fatal(err)
	}
	var notice struct{ Kind, HTML string }
	_, encoded, err := p.socket.ReadMessage()
	if err != nil {
		p.t.Fatalf("%s: %s: %v", step, p.id, err)
	}
	if err := json.Unmarshal(encoded, &notice); err != nil {
		p.t.Fatal(err)
	}
	if notice.Kind != "revision" || !strings.Contains(notice.HTML, want) {
		p.t.Fatalf("%s: %s got %+v, want a revision with %q", step, p.id, notice, want)
	}
}

// wantWorking sends the request with which a page sets up its session, and expects success.
func (p *openPage) wantWorking(step string) {
	p.t.Helper()
	body := fmt.Sprintf(`{"scenario":%q,"revision":%q}`, p.scenario, p.revision)
	if status, response := send(p.t, http.MethodPut, p.lab.page+"sessions/"+p.id, body); status != http.StatusOK {
		p.t.Fatalf("%s: PUT /sessions/%s = %d %s, want 200", step, p.id, status, response)
	}
}

// awaitPage requests a page until it has all these texts.
func awaitPage(t *testing.T, url string, want ...string) {
	t.Helper()
	status, body := get(t, url)
	for end := time.Now().Add(patience); time.Now().Before(end); status, body = get(t, url) {
		missing := false
		for _, text := range want {
			missing = missing || !strings.Contains(body, text)
		}
		if !missing && status == http.StatusOK {
			return
		}
	}
	t.Fatalf("GET %s = %d, want 200 and %q:\n%s", url, status, want, body)
}

// replaceFile writes a new file and renames it to the name, as many editors do.
func replaceFile(t *testing.T, dir, name, text string) {
	t.Helper()
	beside := write(t, dir, name+"~", text)
	if err := os.Rename(beside, filepath.Join(dir, name)); err != nil {
		t.Fatal(err)
	}
}

// left counts what the process has open.
type left struct{ goroutines, descriptors int }

// leftOpen counts what the process has open, after closing its clients' idle connections.
func leftOpen(t *testing.T) left {
	t.Helper()
	http.DefaultTransport.(*http.Transport).CloseIdleConnections()
	entries, err := os.ReadDir("/proc/self/fd")
	if err != nil {
		t.Skip("can't count open descriptors:", err)
	}
	return left{runtime.NumGoroutine(), len(entries)}
}

// awaitLeft waits until the process has at most this much open.
func awaitLeft(t *testing.T, when string, want left) {
	t.Helper()
	got := leftOpen(t)
	for end := time.Now().Add(patience); time.Now().Before(end); got = leftOpen(t) {
		if got.goroutines <= want.goroutines && got.descriptors <= want.descriptors {
			return
		}
		runtime.Gosched()
	}
	stacks := make([]byte, 1<<20)
	t.Errorf("when %s: open are %+v, want at most %+v:\n%s", when, got, want, stacks[:runtime.Stack(stacks, true)])
}
