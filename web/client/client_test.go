package client_test

import (
	"net/http"
	"net/netip"
	"testing"

	"corslab/web/client"
)

// TestOf checks that the connection's address counts, and that X-Forwarded-For counts
// only as far as a trusted proxy wrote it.
func TestOf(t *testing.T) {
	trusted := client.Proxies{netip.MustParsePrefix("10.0.0.0/8"), netip.MustParsePrefix("fd00::/16")}
	for name, test := range map[string]struct {
		proxies   client.Proxies
		remote    string
		forwarded []string
		want      client.ID
	}{
		"IPv4":                                  {nil, "192.0.2.7:5000", nil, "192.0.2.7"},
		"IPv6 is its network of 64 bits":        {nil, "[2001:db8:1:2:3:4:5:6]:5000", nil, "2001:db8:1:2::/64"},
		"another machine of that network":       {nil, "[2001:db8:1:2::9]:5000", nil, "2001:db8:1:2::/64"},
		"IPv4 in IPv6":                          {nil, "[::ffff:192.0.2.7]:5000", nil, "192.0.2.7"},
		"a zone":                                {nil, "[fe80::1%eth0]:5000", nil, "fe80::/64"},
		"loopback":                              {nil, "[::1]:5000", nil, "::/64"},
		"no address":                            {nil, "@", nil, ""},
		"a header without any trusted proxy":    {nil, "192.0.2.7:5000", []string{"198.51.100.1"}, "192.0.2.7"},
		"a header from elsewhere":               {trusted, "192.0.2.7:5000", []string{"198.51.100.1"}, "192.0.2.7"},
		"a header that claims to be the proxy":  {trusted, "192.0.2.7:5000", []string{"10.0.0.1"}, "192.0.2.7"},
		"the proxy says whom it serves":         {trusted, "10.0.0.1:5000", []string{"198.51.100.1"}, "198.51.100.1"},
		"the client writes addresses before it": {trusted, "10.0.0.1:5000", []string{"127.0.0.1, 203.0.113.9, 198.51.100.1"}, "198.51.100.1"},
		"the client writes a line of its own":   {trusted, "10.0.0.1:5000", []string{"203.0.113.9", "198.51.100.1"}, "198.51.100.1"},
		"two trusted proxies":                   {trusted, "10.0.0.1:5000", []string{"198.51.100.1, 10.0.0.2"}, "198.51.100.1"},
		"spoofed behind two trusted proxies":    {trusted, "10.0.0.1:5000", []string{"203.0.113.9, 198.51.100.1, 10.0.0.2"}, "198.51.100.1"},
		"trusted proxies alone":                 {trusted, "10.0.0.1:5000", []string{"10.0.0.3, 10.0.0.2"}, "10.0.0.3"},
		"a proxy that says nothing":             {trusted, "10.0.0.1:5000", nil, "10.0.0.1"},
		"an empty header":                       {trusted, "10.0.0.1:5000", []string{""}, "10.0.0.1"},
		"garbage":                               {trusted, "10.0.0.1:5000", []string{"198.51.100.1, unknown"}, "10.0.0.1"},
		"garbage before the client":             {trusted, "10.0.0.1:5000", []string{"<script>, 198.51.100.1"}, "198.51.100.1"},
		"garbage before a trusted proxy":        {trusted, "10.0.0.1:5000", []string{"_hidden, 10.0.0.2"}, "10.0.0.2"},
		"a port":                                {trusted, "10.0.0.1:5000", []string{"198.51.100.1:6000"}, "198.51.100.1"},
		"brackets":                              {trusted, "10.0.0.1:5000", []string{"[2001:db8::1]"}, "2001:db8::/64"},
		"brackets and a port":                   {trusted, "10.0.0.1:5000", []string{"[2001:db8::1]:6000"}, "2001:db8::/64"},
		"a zone behind the proxy":               {trusted, "10.0.0.1:5000", []string{"fe80::1%eth0"}, "fe80::/64"},
		"the proxy over IPv6":                   {trusted, "[fd00::1]:5000", []string{"198.51.100.1"}, "198.51.100.1"},
		"the proxy as IPv4 in IPv6":             {trusted, "[::ffff:10.0.0.1]:5000", []string{"198.51.100.1"}, "198.51.100.1"},
	} {
		t.Run(name, func(t *testing.T) {
			r := &http.Request{RemoteAddr: test.remote, Header: http.Header{
				"X-Forwarded-For": test.forwarded,
				// No other header counts.
				"Forwarded": {"for=203.0.113.77"}, "X-Real-Ip": {"203.0.113.77"}, "Sec-Fetch-Site": {"same-origin"},
			}}
			if got := test.proxies.Of(r); got != test.want {
				t.Errorf("Of() = %q, want %q", got, test.want)
			}
		})
	}
}
