package web_test

import (
	"flag"
	"fmt"
	"runtime"
	"sync"
	"testing"
	"time"
)

var (
	soakTime = flag.Duration("soak", 0, "how long TestSoak opens pages; 0 skips the test")
	soakRest = flag.Duration("soak-rest", 5*time.Minute, "how long TestSoak waits after the last page before it measures the memory")
)

const (
	soakPerHour = 2_000            // pages opened
	soakStay    = 90 * time.Second // that each page stays open
	soakRuns    = 30               // by each page
	soakMost    = 60               // MB by which the lab may grow
)

// TestSoak opens pages for a while, uses each one, and closes it. Some minutes after the
// last one, the lab must have returned the memory that they used.
func TestSoak(t *testing.T) {
	if *soakTime == 0 {
		t.Skip("this takes a quarter of an hour; run it with: task soak")
	}
	if runtime.GOOS != "linux" {
		t.Skip("this reads the memory of another process from /proc, which only Linux has")
	}
	p := startCorslab(t, buildCorslab(t), loadFlags()...)
	defer p.stop()
	before := p.settledMemory(t)
	t.Logf("%d MB before", before>>10)
	var pages sync.WaitGroup
	next := time.NewTicker(time.Hour / soakPerHour)
	defer next.Stop()
	over := time.After(*soakTime)
	for n, open := 0, true; open; n++ {
		pages.Go(func() {
			if err := p.visit(t, sessionID(n)); err != nil {
				t.Error(err)
			}
		})
		select {
		case <-next.C:
		case <-over:
			open = false
		}
		if n%100 == 99 {
			now, _ := p.memory()
			t.Logf("%d MB after %d pages", now>>10, n+1)
		}
	}
	pages.Wait()
	<-time.After(*soakRest)
	after, err := p.memory()
	if err != nil {
		t.Fatal(err)
	}
	t.Logf("%d MB %v after the last page was closed", after>>10, *soakRest)
	if grown := (after - before) >> 10; grown > soakMost {
		t.Errorf("the lab grew by %d MB, want at most %d", grown, soakMost)
	}
}

// visit acts as one page: it opens a session and its socket, makes its runs, and stays
// open for soakStay.
func (p *process) visit(t *testing.T, id string) error {
	closed := time.After(soakStay)
	if err := openSession(t.Context(), p.page, id); err != nil {
		return err
	}
	socket, err := openSocket(t.Context(), p.page, id)
	if err != nil {
		return err
	}
	defer socket.Close()
	go func() {
		for {
			if _, _, err := socket.ReadMessage(); err != nil {
				return
			}
		}
	}()
	for run := 1; run <= soakRuns; run++ {
		session := fmt.Sprintf("%s/sessions/%s", p.page, id)
		if _, err := send(t.Context(), "POST", session+"/runs", p.page, ""); err != nil {
			return err
		}
		if _, err := send(t.Context(), "GET", fmt.Sprintf("%s/%s/%d/messages", p.api, id, run), p.page, ""); err != nil {
			return err
		}
		report := fmt.Sprintf(`{"type":"error","error":%q,"failed":"fetch"}`, large(id, run, 2<<10))
		if _, err := send(t.Context(), "POST", fmt.Sprintf("%s/runs/%d/outcome", session, run), p.page, report); err != nil {
			return err
		}
	}
	<-closed
	return nil
}
