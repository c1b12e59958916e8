package main

import (
	"net"
	"strings"
	"testing"

	"corslab/cmd/internal/cli"
)

// TestLesson11_Exposed starts the lab on several addresses. If other machines can reach
// it, standard error must say so at every start.
func TestLesson11_Exposed(t *testing.T) {
	const warning = "WARNING: anyone on this network can reach the lab at "
	tests := map[string]exposure{
		"localhost":          {"localhost:0", ""},
		"no host":            {":0", ""},
		"loopback":           {"127.0.0.1:0", ""},
		"every IPv4 address": {"0.0.0.0:0", "every address of this machine, port "},
		"every address":      {"[::]:0", "every address of this machine, port "},
	}
	if own := ownAddress(t); own != "" {
		tests["this machine's address"] = exposure{net.JoinHostPort(own, "0"), own + ":"}
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			for range 2 {
				errs := start(t, "--page-addr", test.addr, "--api-addr", test.addr).stop(t, cli.Done)
				if got := strings.Contains(errs, warning); got != (test.warns != "") {
					t.Errorf("stderr = %q, want the warning: %t", errs, test.warns != "")
				}
				if test.warns != "" && strings.Count(errs, test.warns) < 2 {
					t.Errorf("stderr = %q, want both addresses named", errs)
				}
			}
		})
	}
}

type exposure struct {
	addr  string
	warns string // what the warning is about; empty if there is no warning
}

// ownAddress returns an address of this machine that others may reach. It is empty if the
// machine has only loopback.
func ownAddress(t *testing.T) string {
	t.Helper()
	addrs, err := net.InterfaceAddrs()
	if err != nil {
		t.Fatal(err)
	}
	for _, addr := range addrs {
		if ip, ok := addr.(*net.IPNet); ok && ip.IP.To4() != nil && !ip.IP.IsLoopback() {
			return ip.IP.String()
		}
	}
	return ""
}
