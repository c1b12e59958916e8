package driver

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"strings"
)

// Firefox is a running headless Firefox with one page, driven over WebDriver
// BiDi without geckodriver.
type Firefox struct {
	Console

	process *process
	profile string
	bidi    *bidi
	page    string // id of the browsing context
}

// StartFirefox starts Firefox with a fresh profile. The browser ends with ctx, or with
// Close. If Firefox isn't installed, the error is a [*MissingError].
func StartFirefox(ctx context.Context) (*Firefox, error) {
	path, err := FindFirefox()
	if err != nil {
		return nil, err
	}
	profile, err := newProfile()
	if err != nil {
		return nil, err
	}
	f := &Firefox{profile: profile}
	if err := f.start(ctx, path); err != nil {
		return nil, fmt.Errorf("start %s: %w", path, errors.Join(err, f.Close()))
	}
	return f, nil
}

func (f *Firefox) start(ctx context.Context, path string) error {
	output, input, err := os.Pipe()
	if err != nil {
		return err
	}
	quiet := func(cmd *exec.Cmd) {
		cmd.Stderr = input
		cmd.Env = append(os.Environ(), "MOZ_REMOTE_SETTINGS_DEVTOOLS=1", "MOZ_DISABLE_NONLOCAL_CONNECTIONS=1", "MOZ_CRASHREPORTER_DISABLE=1")
	}
	f.process, err = startProcess(ctx, quiet, path, "--headless", "--no-remote", "--remote-debugging-port=0", "--profile", f.profile)
	err = errors.Join(err, input.Close())
	if err != nil {
		return errors.Join(err, output.Close())
	}
	address, err := listening(output)
	if err != nil {
		return err
	}
	f.bidi, err = dialBiDi(ctx, address+"/session", f.record)
	if err != nil {
		return err
	}
	return f.openSession(ctx)
}

// listening reads the address that Firefox prints once it can be driven, and discards
// the rest of its output.
func listening(output io.ReadCloser) (string, error) {
	lines := bufio.NewScanner(output)
	for lines.Scan() {
		if _, address, ok := strings.Cut(lines.Text(), "WebDriver BiDi listening on "); ok {
			go func() {
				_, _ = io.Copy(io.Discard, output)
				_ = output.Close()
			}()
			return address, nil
		}
	}
	return "", errors.Join(errors.New("ended before it could be driven"), lines.Err(), output.Close())
}

func (f *Firefox) openSession(ctx context.Context) error {
	type object = map[string]any
	if err := f.bidi.call(ctx, "session.new", object{"capabilities": object{}}, nil); err != nil {
		return err
	}
	if err := f.bidi.call(ctx, "session.subscribe", object{"events": []string{"log.entryAdded"}}, nil); err != nil {
		return err
	}
	var tree struct {
		Contexts []struct{ Context string }
	}
	if err := f.bidi.call(ctx, "browsingContext.getTree", object{}, &tree); err != nil {
		return err
	}
	if len(tree.Contexts) == 0 {
		return errors.New("no page is open, want one")
	}
	f.page = tree.Contexts[0].Context
	return nil
}

func (f *Firefox) record(method string, params json.RawMessage) {
	var entry struct {
		Type, Level, Text string
		StackTrace        struct {
			CallFrames []struct{ URL string }
		}
	}
	if method != "log.entryAdded" || decode(params, &entry) != nil {
		return
	}
	line := Line{Source: entry.Type, Level: entry.Level, Text: entry.Text}
	if frames := entry.StackTrace.CallFrames; len(frames) > 0 {
		line.URL = frames[0].URL
	}
	f.lines.add(line)
}

// Navigate opens an address and waits until the page is loaded.
func (f *Firefox) Navigate(ctx context.Context, url string) error {
	return f.bidi.call(ctx, "browsingContext.navigate", map[string]any{"context": f.page, "url": url, "wait": "complete"}, nil)
}

// Evaluate runs an expression in the page, awaits it if it is a promise, and decodes its
// JSON into value.
func (f *Firefox) Evaluate(ctx context.Context, expression string, value any) error {
	var response struct {
		Result           struct{ Value string }
		ExceptionDetails struct{ Text string }
	}
	err := f.bidi.call(ctx, "script.evaluate", map[string]any{
		"expression":   asJSON(expression),
		"target":       map[string]any{"context": f.page},
		"awaitPromise": true,
	}, &response)
	if err != nil {
		return err
	}
	if response.ExceptionDetails.Text != "" {
		return fmt.Errorf("evaluate %.100q: %s", expression, response.ExceptionDetails.Text)
	}
	return decode([]byte(response.Result.Value), value)
}

// asJSON returns an expression for the JSON of another's value, or null if it has none.
func asJSON(expression string) string {
	return "(async () => JSON.stringify((await (" + expression + ")) ?? null))()"
}

// Close ends the browser and removes its profile.
func (f *Firefox) Close() error {
	if f.bidi != nil {
		_ = f.bidi.conn.Close() // the process is killed anyway
		<-f.bidi.ended
	}
	if f.process != nil {
		f.process.close()
	}
	return os.RemoveAll(f.profile)
}
