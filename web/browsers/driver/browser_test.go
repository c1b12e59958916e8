package driver_test

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"corslab/web/browsers/driver"
	"corslab/web/browsers/drivertest"
)

// TestChromium opens a page, evaluates an expression in it, and reads why a request
// failed.
func TestChromium(t *testing.T) {
	chromium := drivertest.Start(t, driver.StartChromium)
	tab, err := chromium.NewTab()
	if err != nil {
		t.Fatal(err)
	}
	if err := tab.Navigate(t.Context(), serve(t)); err != nil {
		t.Fatal(err)
	}
	wantTitle(t, tab)
	if err := tab.Evaluate(t.Context(), "absent", nil); err == nil || !strings.Contains(err.Error(), "absent is not defined") {
		t.Errorf("Evaluate(absent) = %v, want that it is not defined", err)
	}
	ended, end := context.WithCancel(t.Context())
	end()
	if err := tab.Evaluate(ended, "new Promise(() => {})", nil); !errors.Is(err, context.Canceled) {
		t.Errorf("Evaluate() of what never comes = %v, want %v", err, context.Canceled)
	}
	failure, err := tab.WaitFailure(patient(t), func(f driver.Failure) bool { return f.CORSError != "" })
	if err != nil || failure.CORSError != "MissingAllowOriginHeader" || !strings.HasSuffix(failure.URL, "/other") {
		t.Errorf("failure = %+v, %v, want MissingAllowOriginHeader of /other", failure, err)
	}
	wantLine(t, &tab.Console, "No 'Access-Control-Allow-Origin' header is present")
}

// TestFirefox opens a page, evaluates an expression in it, and reads its console.
func TestFirefox(t *testing.T) {
	firefox := drivertest.Start(t, driver.StartFirefox)
	if err := firefox.Navigate(t.Context(), serve(t)); err != nil {
		t.Fatal(err)
	}
	wantTitle(t, firefox)
	wantLine(t, &firefox.Console, "(Reason: CORS header ‘Access-Control-Allow-Origin’ missing)")
	if err := firefox.Evaluate(t.Context(), "absent", nil); err == nil || !strings.Contains(err.Error(), "absent is not defined") {
		t.Errorf("Evaluate(absent) = %v, want that it is not defined", err)
	}
}

// TestWebKit opens a page and evaluates an expression in it.
func TestWebKit(t *testing.T) {
	webkit := drivertest.Start(t, driver.StartWebKit)
	if err := webkit.Navigate(t.Context(), serve(t)); err != nil {
		t.Fatal(err)
	}
	wantTitle(t, webkit)
	if err := webkit.Evaluate(t.Context(), "absent", nil); err == nil || !strings.Contains(err.Error(), "absent") {
		t.Errorf("Evaluate(absent) = %v, want that it cannot be found", err)
	}
}

// TestMiniBrowser reads the console of a page that drives itself.
func TestMiniBrowser(t *testing.T) {
	page := serve(t)
	miniBrowser := drivertest.Start(t, func(ctx context.Context) (*driver.MiniBrowser, error) {
		return driver.StartMiniBrowser(ctx, page)
	})
	wantLine(t, &miniBrowser.Console, "is not allowed by Access-Control-Allow-Origin. Status code: 200")
	want := driver.Line{Source: "console", Level: "log", Text: "here CONSOLE is", URL: page + "/"}
	if got := miniBrowser.Lines()[0]; got != want {
		t.Errorf("first line = %+v, want %+v", got, want)
	}
}

// TestMissing checks the error for a browser that isn't installed.
func TestMissing(t *testing.T) {
	t.Setenv("PATH", t.TempDir())
	var missing *driver.MissingError
	if _, err := driver.StartFirefox(t.Context()); !errors.As(err, &missing) {
		t.Skipf("StartFirefox() = %v, want a MissingError; it is installed elsewhere", err)
	}
	const want = "apt-get install firefox-esr"
	if !strings.HasSuffix(missing.Error(), want) {
		t.Errorf("error = %q, want one that ends with %q", missing, want)
	}
}

// serve returns the address of a page whose script makes a request that CORS blocks.
func serve(t *testing.T) string {
	t.Helper()
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "text/html")
		other := strings.Replace("http://"+r.Host, "127.0.0.1", "localhost", 1)
		fmt.Fprintf(w, `<title>here</title><script>console.log("here CONSOLE is"); fetch("%s/other").catch(() => {})</script>`, other)
	}))
	t.Cleanup(server.Close)
	return server.URL
}

type evaluator interface {
	Evaluate(ctx context.Context, expression string, value any) error
}

func wantTitle(t *testing.T, page evaluator) {
	t.Helper()
	var title string
	if err := page.Evaluate(t.Context(), "Promise.resolve(document.title)", &title); err != nil || title != "here" {
		t.Errorf("title = %q, %v, want here", title, err)
	}
}

func wantLine(t *testing.T, console *driver.Console, want string) {
	t.Helper()
	if _, err := console.WaitLine(patient(t), func(l driver.Line) bool { return strings.Contains(l.Text, want) }); err != nil {
		t.Errorf("no line says %q: %v; the console is %q", want, err, console.Lines())
	}
}

// patient returns a context for steps that should finish at once.
func patient(t *testing.T) context.Context {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), 30*time.Second)
	t.Cleanup(cancel)
	return ctx
}
