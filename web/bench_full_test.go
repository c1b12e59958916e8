package web_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"os"
	"runtime"
	"strconv"
	"strings"
	"testing"

	"corslab/lab/library"
	"corslab/lab/origin"
	"corslab/lab/policy"
	"corslab/lab/scenario"
	"corslab/scenarios"
)

const (
	fullSessions = 2_000
	fullRuns     = 3   // per session, each with a different attempt
	fullRequests = 3   // per run
	fullMost     = 512 // MB that the lab may use for all of it
)

// BenchmarkFull measures the lab's memory with as many sessions as it can have. Each
// session has a full journal with the largest entries that a stranger can create: long
// rows, requests with long headers and bodies, and long reports. It fails if the lab
// uses more memory than it promises.
func BenchmarkFull(b *testing.B) {
	if runtime.GOOS != "linux" {
		b.Skip("this reads the memory of another process from /proc, which only Linux has")
	}
	binary := buildCorslab(b)
	var settled, most int
	for b.Loop() {
		settled, most = fullMemory(b, binary)
	}
	b.ReportMetric(0, "ns/op") // hidden: the time to fill the journals doesn't matter
	b.ReportMetric(float64(settled)/1024, "MB")
	b.ReportMetric(float64(most)/1024, "MB-peak")
	if most > fullMost<<10 {
		b.Errorf("%d sessions with full journals took %d MB, want at most %d", fullSessions, most>>10, fullMost)
	}
}

// fullMemory returns how many kB a server uses once all journals are full, and the
// most that it used on the way.
func fullMemory(b *testing.B, binary string) (settled, most int) {
	p := startCorslab(b, binary, loadFlags()...)
	defer p.stop()
	lib, err := library.Load(library.Source{Name: "scenarios", FS: scenarios.Files})
	if err != nil {
		b.Fatal(err)
	}
	inParallel(b, fullSessions, 8, func(i int) error { return p.fill(b, lib.Find("put-not-allowed"), sessionID(i)) })
	most, err = p.peak()
	if err != nil {
		b.Fatal(err)
	}
	return p.settledMemory(b), most
}

// fill opens a session and fills its journal with runs.
func (p *process) fill(b *testing.B, shown *scenario.Scenario, id string) error {
	session := p.page + "/sessions/" + id
	for run := 1; run <= fullRuns; run++ {
		set, err := send(b.Context(), "PUT", session, p.page, fmt.Sprintf(`{"scenario":"put-not-allowed","attempt":%s}`, p.largeAttempt(b, shown, id, run)))
		if err != nil || strings.Contains(set.body, `"error":`) {
			return fmt.Errorf("the lab refused the attempt: %.200s %w", set.body, err)
		}
		if _, err := send(b.Context(), "POST", session+"/runs", p.page, ""); err != nil {
			return err
		}
		for n := range fullRequests {
			if err := p.sendLarge(b, fmt.Sprintf("%s/%s/%d/messages/0?%d", p.api, id, run, n)); err != nil {
				return err
			}
		}
		report := fmt.Sprintf(`{"type":"cors","status":200,"headers":[%s["x","y"]],"body":%q}`, strings.Repeat(`["x-header","a value"],`, 200), large(id, run, 50<<10))
		if _, err := send(b.Context(), "POST", fmt.Sprintf("%s/runs/%d/outcome", session, run), p.page, report); err != nil {
			return err
		}
	}
	return nil
}

// large returns a text that differs from all others, so none of them can share memory.
func large(id string, run, bytes int) string {
	return strings.Repeat(fmt.Sprintf("%s %d ", id, run), bytes/10)[:bytes]
}

// sendLarge sends a request with the longest headers and body that the API accepts.
func (p *process) sendLarge(b *testing.B, url string) error {
	request, err := http.NewRequestWithContext(b.Context(), "PUT", url, strings.NewReader(large(url, 0, 60<<10)))
	if err != nil {
		return err
	}
	request.Header.Set("Origin", p.page)
	for i := range 15 {
		request.Header.Set(fmt.Sprintf("X-Large-%d", i), large(url, i, 3<<10))
	}
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		return err
	}
	return response.Body.Close()
}

// largeAttempt returns the largest attempt that a page may send.
func (p *process) largeAttempt(b *testing.B, shown *scenario.Scenario, id string, run int) string {
	b.Helper()
	origins, err := origin.New(strings.TrimPrefix(p.page, "http://"), strings.TrimPrefix(p.api, "http://"))
	if err != nil {
		b.Fatal(err)
	}
	attempt := shown.Start(origins)
	for i := range 30 {
		row := policy.Header{Name: fmt.Sprintf("X-Row-%d", i), Value: large(id, run, 450), Own: true}
		attempt.Policy.Response.Headers = append(attempt.Policy.Response.Headers, row)
		attempt.Policy.Preflight.Headers = append(attempt.Policy.Preflight.Headers, row)
	}
	encoded, err := json.Marshal(attempt)
	if err != nil {
		b.Fatal(err)
	}
	return string(encoded)
}

// peak returns the most memory that the process has used, in kB.
func (p *process) peak() (kB int, err error) {
	status, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", p.command.Process.Pid))
	if err != nil {
		return 0, err
	}
	for line := range strings.Lines(string(status)) {
		if peak, found := strings.CutPrefix(line, "VmHWM:"); found {
			return strconv.Atoi(strings.TrimSpace(strings.TrimSuffix(strings.TrimSpace(peak), "kB")))
		}
	}
	return 0, fmt.Errorf("no line with VmHWM: in\n%s", status)
}
