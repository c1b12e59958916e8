package web_test

import (
	"bufio"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

const starts = 20 // in one operation; the benchmark reports the median

// BenchmarkStart measures how long the lab takes to start: from starting the built
// program until it prints its second line, when both origins are open. The target is
// 100 ms.
func BenchmarkStart(b *testing.B) {
	binary := buildCorslab(b)
	var took []time.Duration
	for b.Loop() {
		for range starts {
			began := time.Now()
			p := startCorslab(b, binary)
			took = append(took, time.Since(began))
			p.stop()
		}
	}
	b.ReportMetric(0, "ns/op") // hidden: it would include the time to stop
	b.ReportMetric(milliseconds(quantile(took, 0.5)), "ms/start")
}

// process is a separate corslab process on free ports.
type process struct {
	page, api string // its origins
	command   *exec.Cmd
}

// buildCorslab builds the program as a user does.
func buildCorslab(b testing.TB) (binary string) {
	b.Helper()
	binary = filepath.Join(b.TempDir(), "corslab.exe") // Windows needs the extension; other systems don't care
	if said, err := exec.Command("go", "build", "-o", binary, "corslab/cmd/corslab").CombinedOutput(); err != nil {
		b.Fatalf("build corslab: %v\n%s", err, said)
	}
	return binary
}

// startCorslab starts the built program and returns when both origins are open.
func startCorslab(b testing.TB, binary string, flags ...string) *process {
	b.Helper()
	return startCommand(b, exec.Command(binary, append([]string{"serve", "--page-addr", "localhost:0", "--api-addr", "localhost:0"}, flags...)...))
}

// startCommand starts the lab with a command that runs corslab, maybe through a shell.
func startCommand(b testing.TB, command *exec.Cmd) *process {
	b.Helper()
	p := &process{command: command}
	out, err := p.command.StdoutPipe()
	if err != nil {
		b.Fatal(err)
	}
	if err := p.command.Start(); err != nil {
		b.Fatal(err)
	}
	tooLate := time.AfterFunc(patience, func() { _ = p.command.Process.Kill() })
	defer tooLate.Stop()
	lines := bufio.NewScanner(out)
	for _, origin := range []*string{&p.page, &p.api} {
		if !lines.Scan() {
			p.stop()
			b.Fatal("corslab ended before it printed two URLs")
		}
		*origin = strings.TrimSuffix(lines.Text(), "/")
	}
	return p
}

// stop ends the process and waits until it is gone.
func (p *process) stop() {
	_ = p.command.Process.Kill()
	_ = p.command.Wait() // the error only says that the process was killed
}
