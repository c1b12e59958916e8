package web_test

import (
	"fmt"
	"os"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"
)

const idleSessions = 1_000

// A process's memory counts as settled when settledSamples measurements in a row differ
// by at most settledSpread.
const (
	settledSamples = 20
	settledPeriod  = 100 * time.Millisecond // between two samples
	settledSpread  = 64                     // kB
)

// BenchmarkIdle measures how much of the server's memory an idle session uses while its
// page's socket is open. The target is 40 kB. The server runs in a separate process, so
// the pages' memory doesn't count. The benchmark measures that process from outside,
// because goroutine stacks and uncollected garbage take up the machine's memory too.
func BenchmarkIdle(b *testing.B) {
	if runtime.GOOS != "linux" {
		b.Skip("this reads the memory of another process from /proc/PID/smaps_rollup, which only Linux has")
	}
	needSockets(b, idleSessions+50)
	binary := buildCorslab(b)
	var grown int
	for b.Loop() {
		grown = idleMemory(b, binary)
	}
	b.ReportMetric(0, "ns/op") // hidden: the time to open sessions doesn't matter
	b.ReportMetric(float64(grown)/idleSessions, "kB/session")
}

// idleMemory returns by how many kB a server grows when it gets idleSessions sessions
// with their sockets.
func idleMemory(b *testing.B, binary string) int {
	p := startCorslab(b, binary, loadFlags()...)
	defer p.stop()
	before := p.settledMemory(b)
	inParallel(b, idleSessions, 8, func(i int) error {
		if err := openSession(b.Context(), p.page, sessionID(i)); err != nil {
			return err
		}
		socket, err := openSocket(b.Context(), p.page, sessionID(i))
		if err != nil {
			return err
		}
		b.Cleanup(func() { _ = socket.Close() })
		return nil
	})
	return p.settledMemory(b) - before
}

// loadFlags returns the flags that let one client act as a whole course.
func loadFlags() []string {
	return []string{"--sessions-per-client", "100000", "--sockets-per-client", "100000", "--new-sessions-per-minute", "1000000", "--connections-per-client", "100000"}
}

// settledMemory waits until the process's memory stops changing and returns it in kB.
func (p *process) settledMemory(b testing.TB) int {
	b.Helper()
	deadline := time.Now().Add(patience)
	var last []int
	for time.Now().Before(deadline) {
		kB, err := p.memory()
		if err != nil {
			b.Fatal(err)
		}
		last = append(last, kB)
		if len(last) == settledSamples {
			if slices.Max(last)-slices.Min(last) <= settledSpread {
				return kB
			}
			last = last[1:]
		}
		time.Sleep(settledPeriod)
	}
	b.Fatalf("corslab's memory doesn't settle; the last samples are %v kB", last)
	return 0
}

// memory returns the process's share of the machine's memory in kB.
func (p *process) memory() (kB int, err error) {
	rollup, err := os.ReadFile(fmt.Sprintf("/proc/%d/smaps_rollup", p.command.Process.Pid))
	if err != nil {
		return 0, err
	}
	for line := range strings.Lines(string(rollup)) {
		if share, found := strings.CutPrefix(line, "Pss:"); found {
			return strconv.Atoi(strings.TrimSpace(strings.TrimSuffix(strings.TrimSpace(share), "kB")))
		}
	}
	return 0, fmt.Errorf("no line with Pss: in\n%s", rollup)
}
