package scenario_test

import (
	"testing"

	"corslab/lab/scenario"
)

func TestHeader_For(t *testing.T) {
	const origin = "http://shop.example:8080"
	tests := []struct {
		rule      scenario.Rule
		value     string
		origin    string
		want      string
		wantIsSet bool
	}{
		{scenario.Literal, "*", "", "*", true},
		{scenario.Literal, "http://a.example", origin, "http://a.example", true},
		{scenario.Reflect, "", origin, origin, true},
		{scenario.Reflect, "", "null", "null", true},
		{scenario.Reflect, "", "", "", false},
		{scenario.Allowlist, "http://a.example  " + origin, origin, origin, true},
		{scenario.Allowlist, "http://a.example", origin, origin, false},
		{scenario.Allowlist, "http://shop.example", origin, origin, false},
		{scenario.Prefix, "http://shop.example", origin, origin, true},
		{scenario.Prefix, "http://shop.example", "http://shop.example.evil.example", "http://shop.example.evil.example", true},
		{scenario.Suffix, "shop.example:8080", "http://notshop.example:8080", "http://notshop.example:8080", true},
		{scenario.Suffix, ".shop.example", origin, origin, false},
		{scenario.Contains, "shop", "http://evil.example/shop", "http://evil.example/shop", true},
		{scenario.Regex, `^https?://shop.example(:\d+)?$`, "http://shopxexample:1", "http://shopxexample:1", true},
		{scenario.Regex, `^https?://shop\.example(:\d+)?$`, "http://shopxexample:1", "http://shopxexample:1", false},
		{scenario.Regex, `(`, origin, origin, false},
		{scenario.Null, "", "null", "null", true},
		{scenario.Null, "", origin, origin, false},
	}
	for _, test := range tests {
		h := scenario.Header{Name: "Access-Control-Allow-Origin", Value: test.value, Rule: test.rule}
		got, set := h.For(test.origin)
		if set != test.wantIsSet || (set && got != test.want) {
			t.Errorf("%q %q for %q: %q, %v; want %q, %v", test.rule, test.value, test.origin, got, set, test.want, test.wantIsSet)
		}
	}
}
