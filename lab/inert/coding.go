package inert

import (
	"slices"
	"strings"
)

// Decodable reports whether a browser could turn a body into other bytes if the
// response has this Content-Encoding. It could with deflate and br, which have no
// signature, and with codings that future browsers may support. gzip and zstd start
// with bytes that no body has, so decoding fails. utf-8 is a common mistake that
// browsers ignore.
func Decodable(contentEncoding string) bool {
	harmless := []string{"", "identity", "gzip", "x-gzip", "zstd", "utf-8"}
	for coding := range strings.SplitSeq(contentEncoding, ",") {
		if !slices.Contains(harmless, strings.ToLower(strings.Trim(coding, " \t"))) {
			return true
		}
	}
	return false
}
