package session

// SizeOf is what an entry counts for in the journal, in bytes.
func SizeOf(e Entry) int { return e.size() }
