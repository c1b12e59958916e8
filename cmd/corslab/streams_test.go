package main

import (
	"bytes"
	"io"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"corslab/cmd/internal/cli"
)

// TestStreams_full runs every command with a full device as its output.
func TestStreams_full(t *testing.T) {
	good := write(t, t.TempDir(), "10-a.yaml", scenarioFile)
	for name, args := range map[string][]string{
		"serve":                         {"serve", "--page-addr", "localhost:0", "--api-addr", "localhost:0"},
		"list":                          {"list"},
		"list, JSON":                    {"list", "--json"},
		"explain":                       {"explain"},
		"schema":                        {"schema"},
		"version":                       {"version"},
		"help":                          {"--help"},
		"validate, JSON":                {"validate", "--json", good},
		"validate, a file with a fault": {"validate", write(t, t.TempDir(), "10-b.yaml", "corslab: 1\n")},
	} {
		t.Run(name, func(t *testing.T) {
			full, err := os.OpenFile("/dev/full", os.O_WRONLY, 0)
			if err != nil {
				t.Skip(err)
			}
			defer full.Close()
			var errs bytes.Buffer
			status := run(t.Context(), args, cli.Streams{In: strings.NewReader(simple), Out: full, Err: &errs})
			if want := "corslab: standard output: write /dev/full: no space left on device\n"; status != cli.Failed || errs.String() != want {
				t.Errorf("run() = %d, stderr %q; want %d, %q", status, &errs, cli.Failed, want)
			}
		})
	}
}

// TestStreams_process runs the program in separate processes whose readers go away.
func TestStreams_process(t *testing.T) {
	corslab := build(t)
	t.Run("standard output", func(t *testing.T) { testOutputGone(t, corslab) })
	t.Run("standard error", func(t *testing.T) { testErrorsUnread(t, corslab) })
	t.Run("the terminal", func(t *testing.T) { testNohup(t, corslab) })
}

// testOutputGone runs commands as in "corslab list | head -1", after head has ended.
func testOutputGone(t *testing.T, corslab string) {
	for name, args := range map[string][]string{
		"list": {"list"}, "list, JSON": {"list", "--json"}, "schema": {"schema"}, "help": {"--help"},
	} {
		t.Run(name, func(t *testing.T) {
			var errs bytes.Buffer
			cmd := exec.Command(corslab, args...)
			cmd.Stdout, cmd.Stderr = unreadable(t), &errs
			_ = cmd.Run() // the exit code is checked below
			if got := cmd.ProcessState.ExitCode(); got != cli.Failed || errs.Len() > 0 {
				t.Errorf("it ended with %v, stderr %q; want status %d and nothing", cmd.ProcessState, &errs, cli.Failed)
			}
		})
	}
}

// testErrorsUnread makes the lab log a lot while nothing reads its standard error. The
// lab must go on, and end cleanly.
func testErrorsUnread(t *testing.T, corslab string) {
	for name, errs := range map[string]*os.File{"the reader is gone": unreadable(t), "the reader is stuck": unread(t)} {
		t.Run(name, func(t *testing.T) {
			lab := startProcess(t, errs, corslab, "--verbose", "--page-addr", "localhost:0", "--api-addr", "localhost:0")
			for range 600 { // enough to fill a pipe, which takes 64 KiB
				lab.logs(t)
			}
			if status, _ := get(t, lab.page); status != http.StatusOK {
				t.Errorf("the first page: status %d, want 200", status)
			}
			lab.end(t, syscall.SIGTERM)
		})
	}
}

// testNohup closes the terminal of a lab that must survive that.
func testNohup(t *testing.T, corslab string) {
	lab := startProcess(t, nil, "sh", "-c", `trap "" HUP; exec "$0" --page-addr localhost:0 --api-addr localhost:0`, corslab)
	if err := lab.cmd.Process.Signal(syscall.SIGHUP); err != nil {
		t.Fatal(err)
	}
	if status, _ := get(t, lab.page); status != http.StatusOK {
		t.Errorf("the first page: status %d, want 200", status)
	}
	lab.end(t, syscall.SIGTERM)
}

// build compiles the program.
func build(t *testing.T) string {
	t.Helper()
	corslab := filepath.Join(t.TempDir(), "corslab")
	if out, err := exec.Command("go", "build", "-o", corslab, ".").CombinedOutput(); err != nil {
		t.Fatalf("go build: %v\n%s", err, out)
	}
	return corslab
}

// unreadable is a pipe without a reader.
func unreadable(t *testing.T) *os.File {
	t.Helper()
	reader, writer := pipe(t)
	reader.Close()
	return writer
}

// unread is a pipe whose reader never reads.
func unread(t *testing.T) *os.File {
	t.Helper()
	_, writer := pipe(t)
	return writer
}

func pipe(t *testing.T) (reader, writer *os.File) {
	t.Helper()
	reader, writer, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		reader.Close()
		writer.Close()
	})
	return reader, writer
}

// process is a lab in a separate process.
type process struct {
	cmd   *exec.Cmd
	page  string // URL of its page
	ended chan error
}

// startProcess starts a lab and waits until it serves.
func startProcess(t *testing.T, errs *os.File, name string, args ...string) *process {
	t.Helper()
	reader, writer := io.Pipe()
	lab := &process{cmd: exec.Command(name, args...), ended: make(chan error, 1)}
	lab.cmd.Stdout = writer
	if errs != nil {
		lab.cmd.Stderr = errs
	}
	if err := lab.cmd.Start(); err != nil {
		t.Fatal(err)
	}
	go func() { lab.ended <- lab.cmd.Wait(); writer.Close() }()
	t.Cleanup(func() {
		lab.cmd.Process.Kill() // an error means that it has ended already
		io.Copy(io.Discard, reader)
	})
	out := lines(reader)
	lab.page = next(t, out)
	next(t, out)
	return lab
}

// logs sends a request that a verbose lab logs.
func (p *process) logs(t *testing.T) {
	t.Helper()
	request, err := http.NewRequestWithContext(t.Context(), http.MethodPut, p.page+"sessions/abcdefghijklmnop", strings.NewReader(strings.Repeat("x", 200)))
	if err != nil {
		t.Fatal(err)
	}
	request.Header.Set("Origin", strings.TrimSuffix(p.page, "/"))
	client := http.Client{Timeout: patience}
	response, err := client.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	response.Body.Close()
	if response.StatusCode != http.StatusBadRequest {
		t.Fatalf("a bad request: status %d, want 400", response.StatusCode)
	}
}

// end sends a signal, and expects the lab to end cleanly and in time.
func (p *process) end(t *testing.T, signal os.Signal) {
	t.Helper()
	if err := p.cmd.Process.Signal(signal); err != nil {
		t.Fatal(err)
	}
	select {
	case err := <-p.ended:
		if err != nil {
			t.Errorf("the lab ended with %v, want exit status 0", err)
		}
	case <-time.After(2 * stopTime):
		t.Errorf("the lab didn't end within %v", 2*stopTime)
	}
}
