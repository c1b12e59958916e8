package policy_test

import (
	"testing"

	"corslab/lab/policy"
)

func TestHeader_For(t *testing.T) {
	const origin = "http://shop.example:8080"
	tests := []struct {
		rule      policy.Rule
		value     string
		origin    string
		want      string
		wantIsSet bool
	}{
		{policy.Literal, "*", "", "*", true},
		{policy.Literal, "http://a.example", origin, "http://a.example", true},
		{policy.Reflect, "", origin, origin, true},
		{policy.Reflect, "", "null", "null", true},
		{policy.Reflect, "", "", "", false},
		{policy.Allowlist, "http://a.example  " + origin, origin, origin, true},
		{policy.Allowlist, "http://a.example", origin, origin, false},
		{policy.Allowlist, "http://shop.example", origin, origin, false},
		{policy.Prefix, "http://shop.example", origin, origin, true},
		{policy.Prefix, "http://shop.example", "http://shop.example.evil.example", "http://shop.example.evil.example", true},
		{policy.Suffix, "shop.example:8080", "http://notshop.example:8080", "http://notshop.example:8080", true},
		{policy.Suffix, ".shop.example", origin, origin, false},
		{policy.Contains, "shop", "http://evil.example/shop", "http://evil.example/shop", true},
		{policy.Regex, `^https?://shop.example(:\d+)?$`, "http://shopxexample:1", "http://shopxexample:1", true},
		{policy.Regex, `^https?://shop\.example(:\d+)?$`, "http://shopxexample:1", "http://shopxexample:1", false},
		{policy.Regex, `(`, origin, origin, false},
		{policy.Null, "", "null", "null", true},
		{policy.Null, "", origin, origin, false},
	}
	for _, test := range tests {
		h := policy.Header{Name: "Access-Control-Allow-Origin", Value: test.value, Rule: test.rule}
		got, set := h.For(test.origin)
		if set != test.wantIsSet || (set && got != test.want) {
			t.Errorf("%q %q for %q: %q, %v; want %q, %v", test.rule, test.value, test.origin, got, set, test.want, test.wantIsSet)
		}
	}
}
