package origin_test

import (
	"strings"
	"testing"

	"corslab/lab/origin"

	"github.com/google/go-cmp/cmp"
)

// defaults are the origins of a lab at the default addresses.
func defaults(t testing.TB) origin.Set {
	t.Helper()
	o, err := origin.New("localhost:8080", "localhost:8000")
	if err != nil {
		t.Fatal(err)
	}
	return o
}

func TestNew(t *testing.T) {
	const shop, evil, bank = "http://shop.app.localhost:1", "http://evil.app.localhost:1", "http://bank.app.localhost:2"
	const twin = "http://shop.app.localhost.twin.localhost:1"
	type names struct{ Page, Other, Shop, Evil, Twin, API, API2, Bank string }
	tests := map[string]struct {
		page, api string
		want      names
	}{
		"the defaults": {"localhost:8080", "localhost:8000", names{
			Page: "http://localhost:8080", Other: "http://127.0.0.1:8080",
			Shop: "http://shop.app.localhost:8080", Evil: "http://evil.app.localhost:8080",
			Twin: "http://shop.app.localhost.twin.localhost:8080",
			API:  "http://localhost:8000", API2: "http://127.0.0.1:8000", Bank: "http://bank.app.localhost:8000",
		}},
		"port 80 is left out": {"localhost:80", "localhost:2", names{
			Page: "http://localhost", Other: "http://127.0.0.1", Shop: "http://shop.app.localhost", Evil: "http://evil.app.localhost",
			Twin: "http://shop.app.localhost.twin.localhost",
			API:  "http://localhost:2", API2: "http://127.0.0.1:2", Bank: bank,
		}},
		"port 443 is written": {"localhost:443", "localhost:2", names{
			Page: "http://localhost:443", Other: "http://127.0.0.1:443", Shop: "http://shop.app.localhost:443", Evil: "http://evil.app.localhost:443",
			Twin: "http://shop.app.localhost.twin.localhost:443",
			API:  "http://localhost:2", API2: "http://127.0.0.1:2", Bank: bank,
		}},
		"every address of the machine": {":1", "0.0.0.0:2", names{
			Page: "http://localhost:1", Other: "http://127.0.0.1:1", Shop: shop, Evil: evil, Twin: twin,
			API: "http://localhost:2", API2: "http://127.0.0.1:2", Bank: bank,
		}},
		"127.0.0.1 has localhost for the other": {"127.0.0.1:1", "127.0.0.1:2", names{
			Page: "http://127.0.0.1:1", Other: "http://localhost:1", Shop: shop, Evil: evil, Twin: twin,
			API: "http://127.0.0.1:2", API2: "http://localhost:2", Bank: bank,
		}},
		"IPv6": {"[::1]:1", "[::]:2", names{
			Page: "http://[::1]:1", Other: "http://127.0.0.1:1", Shop: shop, Evil: evil, Twin: twin,
			API: "http://localhost:2", API2: "http://127.0.0.1:2", Bank: bank,
		}},
		"IPv6 in full": {"[0:0:0:0:0:0:0:1]:1", "[::]:2", names{
			Page: "http://[::1]:1", Other: "http://127.0.0.1:1", Shop: shop, Evil: evil, Twin: twin,
			API: "http://localhost:2", API2: "http://127.0.0.1:2", Bank: bank,
		}},
		"a name in capitals": {"LAB.example:1", "Api.Example:2", names{
			Page: "http://lab.example:1", Other: "http://127.0.0.1:1", Shop: shop, Evil: evil, Twin: twin,
			API: "http://api.example:2", API2: "http://127.0.0.1:2", Bank: bank,
		}},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			got, err := origin.New(test.page, test.api)
			if err != nil {
				t.Fatal(err)
			}
			if want := "http://127.0.0.1:1"; got.Closed.String() != want {
				t.Errorf("Closed = %s, want %s, to which no browser sends a request", got.Closed, want)
			}
			serialized := names{
				got.Page.String(), got.Other.String(), got.Shop.String(), got.Evil.String(), got.Twin.String(),
				got.API.String(), got.API2.String(), got.Bank.String(),
			}
			if diff := cmp.Diff(test.want, serialized); diff != "" {
				t.Errorf("New() gives other origins (-want +got):\n%s", diff)
			}
		})
	}
}

func TestNew_bad(t *testing.T) {
	for name, addrs := range map[string][2]string{
		"the page's address without a port": {"localhost", "localhost:2"},
		"the API's address without a port":  {"localhost:1", "localhost"},
		"IPv6 without brackets":             {"::1:1", "localhost:2"},
	} {
		t.Run(name, func(t *testing.T) {
			if got, err := origin.New(addrs[0], addrs[1]); err == nil {
				t.Errorf("NewOrigins() = %v, want an error", got)
			}
		})
	}
}

func TestOrigins_hosts(t *testing.T) {
	o, err := origin.New("localhost:80", "[::1]:8000")
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]string{"localhost", "127.0.0.1", "shop.app.localhost", "evil.app.localhost", "shop.app.localhost.twin.localhost"}, o.PageHosts()); diff != "" {
		t.Errorf("PageHosts() differs (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff([]string{"[::1]:8000", "127.0.0.1:8000", "bank.app.localhost:8000"}, o.APIHosts()); diff != "" {
		t.Errorf("APIHosts() differs (-want +got):\n%s", diff)
	}
}

func TestOrigins_Expand(t *testing.T) {
	tests := map[string]struct{ text, want string }{
		"every placeholder": {
			"{page} {other} {shop} {evil} {twin} {api} {api2} {bank}",
			"http://localhost:8080 http://127.0.0.1:8080 http://shop.app.localhost:8080 http://evil.app.localhost:8080 " +
				"http://shop.app.localhost.twin.localhost:8080 http://localhost:8000 http://127.0.0.1:8000 http://bank.app.localhost:8000",
		},
		"a host and its port":  {"{page.host} {api.host}", "localhost:8080 localhost:8000"},
		"in the middle, twice": {"a{page}/{page}b", "ahttp://localhost:8080/http://localhost:8080b"},
		"two braces":           {"{{page}}", "{http://localhost:8080}"},
		"no placeholder":       {`{null} {Page} {page {"text":"{ page }"}`, `{null} {Page} {page {"text":"{ page }"}`},
		"nothing":              {"", ""},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			if got := defaults(t).Expand(test.text); got != test.want {
				t.Errorf("Expand(%q) = %q, want %q", test.text, got, test.want)
			}
		})
	}
}

func TestOrigins_Of(t *testing.T) {
	o := defaults(t)
	for _, name := range origin.Placeholders() {
		if got, want := o.Of(name), o.Expand("{"+name+"}"); got != want {
			t.Errorf("Of(%q) = %q, want %q", name, got, want)
		}
	}
	for name, want := range map[string]string{"null": "null", "": "", "Page": "", "nobody": ""} {
		if got := o.Of(name); got != want {
			t.Errorf("Of(%q) = %q, want %q", name, got, want)
		}
	}
}

// TestOrigins_Own: if a lab has an address of its own, loopback names lead to other
// programs on the learner's machine, so no redirect may use them.
func TestOrigins_Own(t *testing.T) {
	for addrs, want := range map[string]string{
		"localhost:1 localhost:2":     "page other shop evil twin api api2 bank closed",
		"127.0.0.1:1 127.0.0.1:2":     "page other shop evil twin api api2 bank closed",
		":1 0.0.0.0:2":                "page other shop evil twin api api2 bank closed",
		"192.0.2.7:1 192.0.2.7:2":     "page api closed",
		"127.0.0.2:1 127.0.0.2:2":     "page api closed",
		"lab.example:80 [::1]:80":     "page api closed",
		"localhost:1 192.0.2.7:2":     "page other shop evil twin api closed",
		"localhost.example:1 [::1]:2": "page api closed",
	} {
		page, api, _ := strings.Cut(addrs, " ")
		o, err := origin.New(page, api)
		if err != nil {
			t.Fatal(err)
		}
		if got := strings.Join(o.Own(), " "); got != want {
			t.Errorf("on %s: %s, want %s", addrs, got, want)
		}
	}
}
