package driver

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"os/exec"
	"time"

	"corslab/lab/origin"
)

// WebKit is a running WebKitGTK with one page, driven over WebDriver
// (https://w3c.github.io/webdriver/). Its console can't be read; see [MiniBrowser].
type WebKit struct {
	display *display
	process *process
	session string // the URL of the session
}

// StartWebKit starts WebKitGTK on a display of its own. The browser ends with ctx, or
// with Close. If a program is missing, the error is a [*MissingError].
func StartWebKit(ctx context.Context) (*WebKit, error) {
	programs, err := FindWebKit()
	if err != nil {
		return nil, err
	}
	display, err := startDisplay(ctx, programs.Xvfb)
	if err != nil {
		return nil, err
	}
	w := &WebKit{display: display}
	if err := w.start(ctx, programs); err != nil {
		return nil, fmt.Errorf("start %s: %w", programs.Driver, errors.Join(err, w.Close()))
	}
	return w, nil
}

func (w *WebKit) start(ctx context.Context, programs WebKitPrograms) error {
	address, err := freeAddress()
	if err != nil {
		return err
	}
	_, port, err := net.SplitHostPort(address)
	if err != nil {
		return err
	}
	onDisplay := func(cmd *exec.Cmd) { cmd.Env = w.display.environ() }
	w.process, err = startProcess(ctx, onDisplay, programs.Driver, "--host=127.0.0.1", "--port="+port)
	if err != nil {
		return err
	}
	if err := w.awaitDriver(ctx, address); err != nil {
		return err
	}
	return w.openSession(ctx, address, programs.MiniBrowser)
}

// freeAddress returns an address with a free port, because the driver can't choose one
// itself.
func freeAddress() (string, error) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return "", err
	}
	return l.Addr().String(), l.Close()
}

// awaitDriver tries to connect until it succeeds, because the driver doesn't say when it
// is ready.
func (w *WebKit) awaitDriver(ctx context.Context, address string) error {
	again := time.NewTicker(10 * time.Millisecond)
	defer again.Stop()
	for {
		conn, err := net.Dial("tcp", address)
		if err == nil {
			return conn.Close()
		}
		select {
		case <-again.C:
		case <-w.process.ended:
			return errors.New("ended before it could be driven")
		case <-ctx.Done():
			return ctx.Err()
		}
	}
}

func (w *WebKit) openSession(ctx context.Context, address, miniBrowser string) error {
	type object = map[string]any
	options := object{"binary": miniBrowser, "args": []string{"--automation", "--javascript-can-open-windows-automatically=true"}}
	capabilities := object{"alwaysMatch": object{"webkitgtk:browserOptions": options}}
	var response struct{ SessionID string }
	w.session = origin.At("http", address).URL("/session")
	if err := w.post(ctx, "", object{"capabilities": capabilities}, &response); err != nil {
		return err
	}
	w.session += "/" + response.SessionID
	return nil
}

// post sends a command and, unless result is nil, decodes the returned value into it.
func (w *WebKit) post(ctx context.Context, command string, params, result any) error {
	body, err := json.Marshal(params)
	if err != nil {
		return err
	}
	request, err := http.NewRequestWithContext(ctx, http.MethodPost, w.session+command, bytes.NewReader(body))
	if err != nil {
		return err
	}
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		return err
	}
	defer response.Body.Close()
	text, err := io.ReadAll(response.Body)
	if err != nil {
		return err
	}
	if response.StatusCode != http.StatusOK {
		return fmt.Errorf("webdriver%s: %s: %s", command, response.Status, text)
	}
	if result == nil {
		return nil
	}
	return decode(text, &struct{ Value any }{result})
}

// Navigate opens an address and waits until the page is loaded.
func (w *WebKit) Navigate(ctx context.Context, url string) error {
	return w.post(ctx, "/url", map[string]any{"url": url}, nil)
}

// Evaluate runs an expression in the page, awaits it if it is a promise, and decodes its
// JSON into value.
func (w *WebKit) Evaluate(ctx context.Context, expression string, value any) error {
	const script = "const done = arguments[0]; %s.then((value) => done({value}), (error) => done({error: String(error)}))"
	var response struct{ Value, Error string }
	params := map[string]any{"script": fmt.Sprintf(script, asJSON(expression)), "args": []any{}}
	if err := w.post(ctx, "/execute/async", params, &response); err != nil {
		return err
	}
	if response.Error != "" {
		return fmt.Errorf("evaluate %.100q: %s", expression, response.Error)
	}
	return decode([]byte(response.Value), value)
}

// Close ends the browser, its driver and its display.
func (w *WebKit) Close() error {
	if w.process != nil {
		w.process.close()
	}
	return w.display.close()
}
