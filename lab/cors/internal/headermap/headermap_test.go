package headermap_test

import (
	"slices"
	"strings"
	"testing"

	"corslab/lab/cors/internal/headermap"
)

// TestOrder compares with the order of the header lines that Chromium 156 sent to a
// server over HTTP/1.1, without those that it put at the beginning and at the end of
// every request.
func TestOrder(t *testing.T) {
	for name, test := range map[string]struct {
		xhr, elsewhere bool // elsewhere: the URL isn't trustworthy
		names, want    string
	}{
		"fetch": {
			names: "XV8qyF S Forwarded Purpose",
			want:  "xv8qyf sec-ch-ua-platform forwarded purpose s sec-ch-ua sec-ch-ua-mobile user-agent",
		},
		"fetch with a body": {
			names: "Purpose Traceparent FxPD1luhSnz8 2j0 Mhp XXF5BJ Content-Type",
			want:  "fxpd1luhsnz8 sec-ch-ua-platform purpose sec-ch-ua sec-ch-ua-mobile traceparent mhp user-agent xxf5bj 2j0 content-type",
		},
		"fetch, sorted first": {
			names: "t5-ZM3zRnRD dpr YW6ic9tL6 From B6V3FIw x-requested-with Content-Type",
			want:  "sec-ch-ua-platform sec-ch-ua sec-ch-ua-mobile b6v3fiw dpr t5-zm3zrnrd x-requested-with user-agent content-type yw6ic9tl6 from",
		},
		"XHR": {
			xhr:   true,
			names: "n jO11qGjjyE OtSYm c1rb43h-2",
			want:  "sec-ch-ua-platform sec-ch-ua sec-ch-ua-mobile n user-agent jo11qgjjye otsym c1rb43h-2",
		},
		"XHR, from map to map": {
			xhr:   true,
			names: "-ZlN2T75 UVkzuoB h-0Zsu_t0 wne-K9zzu 100elFAgnEd8 X-C DBxMSh-XGeTW Content-Type",
			want:  "sec-ch-ua-platform x-c 100elfagned8 uvkzuob h-0zsu_t0 sec-ch-ua sec-ch-ua-mobile -zln2t75 wne-k9zzu dbxmsh-xgetw user-agent content-type",
		},
		"fetch elsewhere": {
			elsewhere: true,
			names:     "Purpose F_5JDa4V70RU6bl2jdKMMOTESE1lchHaZ04egb_0MiilnUv_Pmv_pEL93cty Accept-Language sW nm72 Content-Type",
			want:      "f_5jda4v70ru6bl2jdkmmotese1lchhaz04egb_0miilnuv_pmv_pel93cty purpose accept-language sw content-type nm72 user-agent",
		},
		"XHR elsewhere": {
			xhr: true, elsewhere: true,
			names: "c_ 9L- co8 Viewport-Width n9DKhUTrIlIT bnB gsjW cache-control",
			want:  "gsjw viewport-width cache-control n9dkhutrilit 9l- user-agent co8 c_ bnb",
		},
		"names of one letter": {
			names: "T3C7XquHMT D H- p KXtBWqUy",
			want:  "sec-ch-ua-platform p d sec-ch-ua h- sec-ch-ua-mobile kxtbwquy t3c7xquhmt user-agent",
		},
		"a name of 24 bytes and more": {
			names: "OI2fbr0GNCuf-OmKCL_K2gPg4LkJ NUMfam Content-Type",
			want:  "sec-ch-ua-platform numfam user-agent sec-ch-ua content-type oi2fbr0gncuf-omkcl_k2gpg4lkj sec-ch-ua-mobile",
		},
		"a name of 48 bytes and more": {
			names: "F7GO5U0 9qnnhq97tQNkidTaBCCbM0x8lbZfMWo2HGDj1Qj_2hCx3rSwV_BRWEyZN 3Fomagcyb Content-Type",
			want:  "sec-ch-ua-platform f7go5u0 sec-ch-ua sec-ch-ua-mobile 9qnnhq97tqnkidtabccbm0x8lbzfmwo2hgdj1qj_2hcx3rswv_brweyzn 3fomagcyb user-agent content-type",
		},
		"many names": {
			names: "X_AxLN99W8RB2y1k4k6Lr9p2h66Od6o8NErTOrERQ5X Warning Authorization uR-APF1ELLXM Cache-Control device-memory w3EEKlQH3HtMUcxLtAws DJ03r6 " +
				"X-Custom x-a _8iz- x-request-id BXGDnsq 9o ZqKZjdq 3 OzH9DZq5 X-Token DN1i i1AcaAPC80 Downlink x-amz-date width from",
			want: "x-request-id authorization zqkzjdq width warning device-memory x-token sec-ch-ua w3eeklqh3htmucxltaws x-a sec-ch-ua-mobile " +
				"sec-ch-ua-platform x-amz-date _8iz- ur-apf1ellxm ozh9dzq5 from downlink x-custom bxgdnsq cache-control 9o i1acaapc80 3 dj03r6 " +
				"dn1i user-agent x_axln99w8rb2y1k4k6lr9p2h66od6o8nertorerq5x",
		},
		"a repeated name": {
			xhr:   true,
			names: "device-memory X-C SC8 Device-Memory PO-S1Yqt x-token rQW Content-Type",
			want:  "sec-ch-ua-platform x-c rqw sc8 device-memory x-token sec-ch-ua sec-ch-ua-mobile po-s1yqt user-agent content-type",
		},
	} {
		t.Run(name, func(t *testing.T) {
			got := headermap.Order(strings.Fields(test.names), test.xhr, !test.elsewhere)
			if want := strings.Fields(test.want); !slices.Equal(got, want) {
				t.Errorf("Order(%s)\n got %q\nwant %q", test.names, got, want)
			}
		})
	}
}
