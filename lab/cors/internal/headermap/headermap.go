// Package headermap sorts header names in the order in which Chromium iterates over the
// headers of a request. If several headers are refused, its console names the first one
// in that order.
package headermap

import (
	"math/bits"
	"slices"
	"strings"
)

// Order returns the names in lowercase, without duplicates, in the order in which
// Chromium iterates over the headers of a request. It takes into account the headers
// that Chromium adds itself, because they occupy buckets and make the map grow.
//
// The names are those that the script set, in its order, without the forbidden ones,
// and at the end Content-Type if the body brings one. Fetch sorts them before it puts
// them into the map. XMLHttpRequest uses the order of a map of its own. Chromium sends
// its client hints to trustworthy URLs only
// (https, localhost, loopback). For a redirect, the request's first URL counts,
// because a redirect only removes names.
func Order(names []string, xhr, trustworthy bool) []string {
	lower := make([]string, len(names), len(names)+4)
	for i, name := range names {
		lower[i] = strings.ToLower(name)
	}
	if xhr {
		lower = walk(lower)
	} else {
		slices.Sort(lower)
	}
	if trustworthy {
		lower = append(lower, "sec-ch-ua", "sec-ch-ua-mobile", "sec-ch-ua-platform")
	}
	return walk(append(lower, "user-agent"))
}

// walk puts lowercase names into a hash table like the one in which Chromium stores
// headers, one after the other, and returns them in the table's order.
//
// Chromium iterates over its table from the first bucket to the last, so the order is
// that of the hashes. If two names hash to the same bucket, it also depends on which
// came first. The hash has no seed, so the order is the same everywhere.
func walk(names []string) []string {
	const smallest = 8
	table := make([]bucket, smallest)
	count := 0
	for i, name := range names {
		if !put(table, bucket{hash(name), int32(i) + 1}, names) {
			continue
		}
		count++
		// A table that is half full must grow.
		if count*2 >= len(table) {
			table = doubled(table, names)
		}
	}
	order := make([]string, 0, count+4)
	for _, b := range table {
		if b.number > 0 {
			order = append(order, names[b.number-1])
		}
	}
	return order
}

// bucket holds the hash of a name and its number, counted from 1. 0 means that the
// bucket is free.
type bucket struct {
	hash   uint32
	number int32
}

// put looks for a free bucket, starting at the one for the hash, in steps of one, two,
// three and so on. It reports false if the name is already in the table.
func put(table []bucket, entry bucket, names []string) bool {
	mask := uint32(len(table) - 1)
	at := entry.hash & mask
	for step := uint32(1); table[at].number > 0; step++ {
		if table[at].hash == entry.hash && names[table[at].number-1] == names[entry.number-1] {
			return false
		}
		at = (at + step) & mask
	}
	table[at] = entry
	return true
}

// doubled moves the names into a table twice as large, in their current order.
func doubled(table []bucket, names []string) []bucket {
	larger := make([]bucket, 2*len(table))
	for _, b := range table {
		if b.number > 0 {
			put(larger, b, names)
		}
	}
	return larger
}

// The default constants of rapidhash.
const (
	rapidSeed    = 0xbdd89aa982704029
	rapidSecret1 = 0x2d358dccaa6c78a5
	rapidSecret2 = 0x8bb84b93962eacc9
	rapidSecret3 = 0x4b33a62ed433d4a3
)

// hash is the lower half of the rapidhash
// (https://github.com/Nicoshev/rapidhash, first version) of a name in lower
// case in UTF-16. Chromium hashes texts that way if their case doesn't matter.
func hash(name string) uint32 {
	size := uint64(2 * len(name))
	seed := rapidSeed ^ mixed(rapidSeed^rapidSecret1, rapidSecret2) ^ size
	var a, b uint64
	if len(name) <= 8 {
		a, b = shortName(name)
	} else {
		a, b, seed = longName(name, seed)
	}
	high, low := bits.Mul64(a^rapidSecret2, b^seed)
	return uint32(mixed(low^rapidSecret1^size, high^rapidSecret2))
}

// shortName reads a name of at most 16 bytes in UTF-16.
func shortName(name string) (a, b uint64) {
	switch n := len(name); {
	case n >= 4:
		return pair(name)<<32 | pair(name[n-2:]), pair(name[2:])<<32 | pair(name[n-4:])
	case n >= 2:
		a = pair(name)<<32 | pair(name[n-2:])
		return a, a
	case n == 1:
		return uint64(name[0]), 0
	}
	return 0, 0
}

// longName mixes a longer name into the seed, except for its end, which it
// reads.
func longName(name string, seed uint64) (a, b, mixedSeed uint64) {
	const block = 24
	rest := name
	if len(rest) > block {
		second, third := seed, seed
		for ; len(rest) >= block; rest = rest[block:] {
			seed = mixed(four(rest)^rapidSecret1, four(rest[4:])^seed)
			second = mixed(four(rest[8:])^rapidSecret2, four(rest[12:])^second)
			third = mixed(four(rest[16:])^rapidSecret3, four(rest[20:])^third)
		}
		seed ^= second ^ third
	}
	if len(rest) > 8 {
		seed = mixed(four(rest)^rapidSecret3, four(rest[4:])^seed^rapidSecret2)
	}
	if len(rest) > 16 {
		seed = mixed(four(rest[8:])^rapidSecret3, four(rest[12:])^seed)
	}
	end := name[len(name)-8:]
	return four(end), four(end[4:]), seed
}

// pair and four read that many characters as UTF-16, little-endian.
func pair(s string) uint64 { return uint64(s[0]) | uint64(s[1])<<16 }
func four(s string) uint64 { return pair(s) | pair(s[2:])<<32 }

// mixed folds a product of 128 bits.
func mixed(a, b uint64) uint64 {
	high, low := bits.Mul64(a, b)
	return high ^ low
}
