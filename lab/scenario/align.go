package scenario

// align pairs the differences of two lists. Between two values that both lists have, in
// order, it pairs the first value that went with the first one that came, and so on.
func align(was, is []string) (pairs [][2]*string) {
	shared := countShared(was, is)
	var gone, come []string
	for i, j := 0, 0; i < len(was) || j < len(is); {
		switch {
		case i < len(was) && j < len(is) && was[i] == is[j]:
			pairs = append(pairs, pairUp(gone, come)...)
			gone, come = nil, nil
			i, j = i+1, j+1
		case j == len(is) || i < len(was) && shared[i+1][j] >= shared[i][j+1]:
			gone = append(gone, was[i])
			i++
		default:
			come = append(come, is[j])
			j++
		}
	}
	return append(pairs, pairUp(gone, come)...)
}

// countShared says, at [i][j], how many values was[i:] and is[j:] share in order.
func countShared(was, is []string) [][]int {
	shared := make([][]int, len(was)+1)
	for i := range shared {
		shared[i] = make([]int, len(is)+1)
	}
	for i := len(was) - 1; i >= 0; i-- {
		for j := len(is) - 1; j >= 0; j-- {
			shared[i][j] = max(shared[i+1][j], shared[i][j+1])
			if was[i] == is[j] {
				shared[i][j] = shared[i+1][j+1] + 1
			}
		}
	}
	return shared
}

func pairUp(gone, come []string) [][2]*string {
	pairs := make([][2]*string, max(len(gone), len(come)))
	for i := range gone {
		pairs[i][0] = &gone[i]
	}
	for i := range come {
		pairs[i][1] = &come[i]
	}
	return pairs
}
