package whatwg

import (
	"fmt"
	"net/netip"
	"strconv"
	"strings"
	"unicode/utf8"
)

// parseHost parses a host (#concept-host-parser). It has no tables of international
// names, so it leaves those unchanged.
func parseHost(host string) (string, bool) {
	if strings.HasPrefix(host, "[") {
		address, err := netip.ParseAddr(strings.TrimSuffix(host[1:], "]"))
		if err != nil || !address.Is6() || address.Zone() != "" || !strings.HasSuffix(host, "]") {
			return "", false
		}
		return "[" + serializeIPv6(address) + "]", true
	}
	host = strings.ToLower(percentDecode(host))
	if host == "" || strings.ContainsFunc(host, isForbiddenInDomain) {
		return "", false
	}
	if endsInNumber(host) {
		return parseIPv4(host)
	}
	return host, true
}

// serializeIPv6 formats an address (#concept-ipv6-serializer). Unlike net/netip, the
// standard has no dotted form for IPv4 addresses in IPv6.
func serializeIPv6(address netip.Addr) string {
	if !address.Is4In6() {
		return address.String()
	}
	b := address.As16()
	return fmt.Sprintf("::ffff:%x:%x", uint16(b[12])<<8|uint16(b[13]), uint16(b[14])<<8|uint16(b[15]))
}

// isForbiddenInDomain reports whether a character is a forbidden domain code point
// (#forbidden-domain-code-point), or stands for a byte that isn't UTF-8.
func isForbiddenInDomain(r rune) bool {
	return r <= ' ' || r == 0x7F || r == utf8.RuneError || strings.ContainsRune("#/:<>?@[\\]^|%", r)
}

// endsInNumber reports whether a host must be an IPv4 address
// (#ends-in-a-number-checker).
func endsInNumber(host string) bool {
	last := strings.TrimSuffix(host, ".")
	last = last[strings.LastIndexByte(last, '.')+1:]
	if last == "" || last[0] < '0' || last[0] > '9' {
		return false
	}
	_, ok := parseIPv4Number(last)
	return IsDigits(last) || ok
}

// parseIPv4 parses an address of up to four numbers (#concept-ipv4-parser).
func parseIPv4(host string) (string, bool) {
	parts := strings.Split(strings.TrimSuffix(host, "."), ".")
	if len(parts) > 4 {
		return "", false
	}
	var value uint64
	for i, part := range parts {
		number, ok := parseIPv4Number(part)
		limit := uint64(256)
		if i == len(parts)-1 {
			limit = 1 << (8 * (5 - len(parts)))
		}
		if !ok || number >= limit {
			return "", false
		}
		if i == len(parts)-1 {
			value += number
		} else {
			value += number << (8 * (3 - i))
		}
	}
	address := netip.AddrFrom4([4]byte{byte(value >> 24), byte(value >> 16), byte(value >> 8), byte(value)})
	return address.String(), true
}

// parseIPv4Number parses a decimal, octal or hexadecimal number
// (#ipv4-number-parser).
func parseIPv4Number(s string) (uint64, bool) {
	base := 10
	switch {
	case strings.HasPrefix(s, "0x"):
		s, base = s[2:], 16
	case len(s) > 1 && s[0] == '0':
		s, base = s[1:], 8
	case s == "":
		return 0, false
	}
	if s == "" {
		return 0, true
	}
	number, err := strconv.ParseUint(s, base, 63)
	return number, err == nil && s[0] != '+'
}

func percentDecode(s string) string {
	if !strings.Contains(s, "%") {
		return s
	}
	var decoded strings.Builder
	for i := 0; i < len(s); i++ {
		if s[i] == '%' && i+2 < len(s) {
			if b, err := strconv.ParseUint(s[i+1:i+3], 16, 8); err == nil {
				decoded.WriteByte(byte(b))
				i += 2
				continue
			}
		}
		decoded.WriteByte(s[i])
	}
	return decoded.String()
}
