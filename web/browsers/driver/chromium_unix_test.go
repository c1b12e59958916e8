//go:build unix

package driver_test

import (
	"errors"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"

	"corslab/web/browsers/driver"
)

// TestChromium_refusing checks that no process is left of a Chromium that runs but
// refuses the first command.
func TestChromium_refusing(t *testing.T) {
	const script = `#!/bin/sh
echo $$ >"$TMPDIR/pid"
/usr/bin/head -c 1 <&3 >"$TMPDIR/read"
printf '{"id":1,"error":{"code":1,"message":"refused"}}\0' >&4
exec /bin/sleep 60
`
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "chromium"), []byte(script), 0o700); err != nil {
		t.Fatal(err)
	}
	t.Setenv("PATH", dir)
	t.Setenv("TMPDIR", dir)
	if _, err := driver.StartChromium(t.Context()); err == nil || !strings.Contains(err.Error(), "refused") {
		t.Fatalf("StartChromium() = %v, want that it refused", err)
	}
	text, err := os.ReadFile(filepath.Join(dir, "pid"))
	if err != nil {
		t.Fatal(err)
	}
	pid, err := strconv.Atoi(strings.TrimSpace(string(text)))
	if err != nil {
		t.Fatal(err)
	}
	if err := syscall.Kill(pid, 0); !errors.Is(err, syscall.ESRCH) {
		t.Errorf("Kill(0) = %v, want that there is no such process", err)
	}
}
