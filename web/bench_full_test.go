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
	fullRuns     = 3   // of each session, every one with another attempt
	fullRequests = 3   // of each run
	fullMost     = 512 // MB that all that may take
)

// BenchmarkFull measures what the lab takes with as many sessions as it can
// have, each with a journal full of the largest things that a stranger can put
// into one: long rows, requests with long headers and bodies, long reports. It
// fails where that is more than the lab promises.
func BenchmarkFull(b *testing.B) {
	if runtime.GOOS != "linux" {
		b.Skip("this reads the memory of another process from /proc, which only Linux has")
	}
	binary := buildCorslab(b)
	var settled, most int
	for b.Loop() {
		settled, most = fullMemory(b, binary)
	}
	b.ReportMetric(0, "ns/op") // how fast they are filled is not the question
	b.ReportMetric(float64(settled)/1024, "MB")
	b.ReportMetric(float64(most)/1024, "MB-peak")
	if most > fullMost<<10 {
		b.Errorf("%d sessions with full journals took %d MB, want at most %d", fullSessions, most>>10, fullMost)
	}
}

// fullMemory is how many kB a server has once all journals are full, and had at
// most.
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

// fill makes a session and its runs.
func (p *process) fill(b *testing.B, shown *scenario.Scenario, id string) error {
	session := p.page + "/sessions/" + id
	for run := 1; run <= fullRuns; run++ {
		set, err := send(b.Context(), "PUT", session, p.page, fmt.Sprintf(`{"scenario":"put-not-allowed","attempt":%s}`, p.largeAttempt(b, shown, id, run)))
		if err != nil || strings.Contains(set.body, `"error":`) {
			return fmt.Errorf("the attempt was not taken: %.200s %w", set.body, err)
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

// large is a text that no other one shares its memory with.
func large(id string, run, bytes int) string {
	return strings.Repeat(fmt.Sprintf("%s %d ", id, run), bytes/10)[:bytes]
}

// sendLarge sends a request whose headers and body are as long as the API takes
// them.
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

// largeAttempt is as large as a page's attempt may be.
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

// peak is how many kB the process had at most.
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
	return 0, fmt.Errorf("no line VmHWM: in\n%s", status)
}
