package session

// runs are a session's presses of Send.
type runs struct {
	newest  *run // nil before the first
	settled *run // the newest that is settled; nil before the first
	number  int  // of the newest
	pinned  int  // the run whose URL a pinned script uses; 0 before the first
	segment int  // the number in the newest run's URLs; 0 before the first run since Reset
	solved  bool // by the newest run that is settled
}

// count counts one more run, and decides which number its URLs have.
func (r *runs) count(pinned bool) (number, segment int) {
	r.number++
	r.segment = r.number
	if pinned {
		if r.pinned == 0 {
			r.pinned = r.number
		}
		r.segment = r.pinned
	}
	return r.number, r.segment
}

// reset gives the next run a fresh URL that no cache knows.
func (r *runs) reset() { r.pinned, r.segment, r.solved = 0, 0, false }

// numberOf returns the run that a request with this segment belongs to, or 0 if the
// request was sent by hand.
func (r *runs) numberOf(segment int) int {
	switch {
	case r.newest != nil && segment == r.newest.segment:
		return r.newest.number
	case segment > 0 && segment <= r.number:
		return segment
	}
	return 0
}

// isCurrent reports whether the number is the newest run's.
func (r *runs) isCurrent(number int) bool { return r.newest != nil && number == r.newest.number }

// size estimates the bytes that the runs use.
func (r *runs) size() (size int) {
	if r.newest != nil {
		size += r.newest.size + r.newest.call.bytes
	}
	if r.settled != nil && r.settled != r.newest {
		size += r.settled.size
	}
	return size
}
