package web_test

import (
	"net/http"
	"strings"
	"testing"

	"corslab/web"
)

// TestLesson02_NoCORS requests every route of the page origin the way pages of other
// origins do, with and without a preflight. No response may let them read it (esbuild
// GHSA-67mh-4wv8-2f99, Vite CVE-2025-24010). The test leaves out the proxy's routes,
// because their responses come from the API and contain nothing of the lab.
func TestLesson02_NoCORS(t *testing.T) {
	lesson(t, func(t *testing.T, lab *web.Lab) {
		for _, name := range []string{"page", "callers"} {
			to := targets(t, lab)[name]
			for _, route := range to.routes {
				if route.ofProxy() {
					continue
				}
				for _, origin := range append(foreignOrigins(lab), lab.Origins.Page.String()) {
					checkNoCORS(t, to, route, "Origin: "+origin)
					checkNoCORS(t, to, preflightOf(route), "Origin: "+origin, "Access-Control-Request-Method: "+route.method,
						"Access-Control-Request-Headers: content-type", "Access-Control-Request-Private-Network: true")
				}
			}
		}
	})
}

func preflightOf(r route) route { return route{http.MethodOptions, r.path} }

// foreignOrigins returns origins of pages that must not use the lab.
func foreignOrigins(lab *web.Lab) []string {
	o := lab.Origins
	return []string{
		"https://attacker.example", "null", o.Evil.String(), o.Shop.String(), o.Other.String(), o.API.String(),
		o.Page.String() + "0", strings.Replace(o.Page.String(), "http://", "http://attacker.", 1), strings.Replace(o.Page.String(), "http:", "https:", 1),
		o.Page.String() + ".attacker.example", o.Page.String() + "/", "http://127.0.0.3",
	}
}

func checkNoCORS(t *testing.T, to target, r route, lines ...string) {
	t.Helper()
	response, _ := exchange(t, to.addr, r.request(to.host, lines...))
	for name := range response.Header {
		if strings.HasPrefix(name, "Access-Control-") || name == "Timing-Allow-Origin" {
			t.Errorf("%s with %v: the response has %s, want no header that lets other origins read", r, lines, name)
		}
	}
}
