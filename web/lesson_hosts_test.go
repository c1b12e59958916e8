package web_test

import (
	"net"
	"net/http"
	"strings"
	"testing"

	"corslab/web"
)

// TestLesson01_Hosts requests every route with host names that aren't the lab's, as DNS
// rebinding and proxies would (Ollama CVE-2024-28224, MCP SDKs CVE-2025-66414).
func TestLesson01_Hosts(t *testing.T) {
	lesson(t, func(t *testing.T, lab *web.Lab) {
		for name, to := range targets(t, lab) {
			t.Run(name, func(t *testing.T) {
				before := state(t, lab)
				for _, route := range to.routes {
					for spelling, host := range wrongHosts(to.host) {
						response, _ := exchange(t, to.addr, route.request(host))
						if response.StatusCode != http.StatusMisdirectedRequest && response.StatusCode != http.StatusBadRequest {
							t.Errorf("%s, %s (%q): status %d, want 421", route, spelling, host, response.StatusCode)
						}
					}
					absolute := strings.Replace(route.request(to.host), " /", " http://attacker.example/", 1)
					if response, _ := exchange(t, to.addr, absolute); response.StatusCode != http.StatusMisdirectedRequest {
						t.Errorf("%s, a host in the request line: status %d, want 421", route, response.StatusCode)
					}
				}
				if after := state(t, lab); after != before {
					t.Errorf("the state is now %s, want %s", after, before)
				}
				upper := route{"GET", "/none"}.request(strings.ToUpper(to.host))
				if response, _ := exchange(t, to.addr, upper); response.StatusCode == http.StatusMisdirectedRequest {
					t.Error("the lab's own host in upper case: status 421, want any other")
				}
			})
		}
	})
}

func wrongHosts(host string) map[string]string {
	name, port, _ := net.SplitHostPort(host) // no error, because the lab made it
	return map[string]string{
		"another site":                   "attacker.example",
		"another site on the lab's port": "attacker.example:" + port,
		"a sub-domain of another site":   name + ".attacker.example:" + port,
		"a sub-domain":                   "attacker." + host,
		"another port":                   name + ":1",
		"no port":                        name,
		"a dot at the end":               name + ".:" + port,
		"nothing":                        "",
		"a port only":                    ":" + port,
		"an IP in short":                 "127.1:" + port,
		"an IP in hexadecimal":           "0x7f000001:" + port,
		"an IP as a number":              "2130706433:" + port,
		"an IP as IPv6":                  "[::ffff:127.0.0.1]:" + port,
		"IPv6":                           "[::1]:" + port,
		"all addresses":                  "0.0.0.0:" + port,
		"a user":                         "attacker@" + host,
		"two ports":                      host + ":80",
		"a path":                         host + "/attacker",
		"two hosts":                      host + ",attacker.example",
		"another address of loopback":    "127.0.0.3:" + port,
	}
}
