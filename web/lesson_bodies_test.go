package web_test

import (
	"io"
	"slices"
	"strings"
	"testing"

	"corslab/web"
)

// TestLesson06_Bodies makes the page's listener serve bytes, types and policies that a
// user chose. None of these documents may get the listener's origin, whatever the user's
// headers say (Jupyter CVE-2018-19351).
func TestLesson06_Bodies(t *testing.T) {
	lesson(t, func(t *testing.T, lab *web.Lab) {
		for _, name := range []string{"page", "callers"} {
			to := targets(t, lab)[name]
			for header, value := range map[string]string{
				"Content-Type":                        "text/html",
				"Content-Security-Policy":             "sandbox allow-scripts allow-same-origin",
				"X-Content-Type-Options":              "none",
				"Content-Security-Policy-Report-Only": "default-src *",
			} {
				to.setHeader(t, header, value)
				for _, route := range to.routes {
					if route.ofProxy() || strings.Contains(route.path, "/files/") {
						checkSandboxed(t, to, route, header)
					}
				}
			}
		}
	})
}

func checkSandboxed(t *testing.T, to target, r route, header string) {
	t.Helper()
	response, _ := exchange(t, to.addr, r.request(to.host))
	policies, sniffing := response.Header["Content-Security-Policy"], response.Header["X-Content-Type-Options"]
	if len(policies) != 1 || !strings.Contains(policies[0]+";", "sandbox;") || strings.Contains(policies[0], "allow-") {
		t.Errorf("%s with a user's %s: Content-Security-Policy = %q, want one that sandboxes", r, header, policies)
	}
	if len(sniffing) != 1 || sniffing[0] != "nosniff" {
		t.Errorf("%s with a user's %s: X-Content-Type-Options = %q, want nosniff", r, header, sniffing)
	}
}

// TestLesson08_Framing checks that the API never sends headers that frame a message, and
// that a proxy doesn't forward headers that belong to one connection.
func TestLesson08_Framing(t *testing.T) {
	const mark = "lesson8"
	framing := []string{"Connection", "Content-Length", "Trailer", "Transfer-Encoding", "Upgrade", "transfer-encoding", "CONTENT-LENGTH", "Transfer-Encoding "}
	ofConnection := []string{"Keep-Alive", "Proxy-Authenticate", "Proxy-Authorization", "Proxy-Connection", "TE"}
	lesson(t, func(t *testing.T, lab *web.Lab) {
		all := targets(t, lab)
		page, api := all["page"], all["API"]
		viaPage := func() string {
			return rawExchange(t, page.addr, route{"GET", "/proxy/" + sid + "/1/api/messages"}.request(page.host))
		}
		viaCORS := func() string {
			return rawExchange(t, api.addr, route{"GET", "/" + sid + "/1/proxy/api/messages"}.request(strings.TrimPrefix(lab.Origins.API2.String(), "http://")))
		}
		direct := func() string {
			return rawExchange(t, api.addr, route{"GET", "/" + sid + "/1/messages"}.request(api.host))
		}
		for _, name := range append(framing, ofConnection...) {
			if refused := page.setHeader(t, name, mark); !refused && slices.Contains(framing, name) {
				t.Errorf("%s can be set, want it refused", name)
			}
			if slices.Contains(framing, name) && strings.Contains(direct(), mark) {
				t.Errorf("the API sends %s", name)
			}
			if strings.Contains(viaPage()+viaCORS(), mark) {
				t.Errorf("a proxy forwards %s", name)
			}
		}
	})
}

// rawExchange sends a request and returns the response as it came over the wire.
func rawExchange(t *testing.T, addr, request string) string {
	t.Helper()
	conn := dialLab(t, addr)
	if _, err := io.WriteString(conn, request); err != nil {
		t.Fatal(err)
	}
	raw, err := io.ReadAll(conn)
	if err != nil {
		t.Fatal(err)
	}
	return string(raw)
}
