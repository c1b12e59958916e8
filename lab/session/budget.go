package session

import (
	"cmp"
	"slices"
	"sync"
	"sync/atomic"
)

// budget is how much all sessions of a store may keep, in bytes. A session that
// keeps more than its share is trimmed when all together are over the budget,
// the one that keeps most first.
type budget struct {
	limit    int64
	sessions func() []*Session

	used      atomic.Int64 // what the sessions keep
	live      atomic.Int64 // sessions whose journal has an entry
	limitNow  atomic.Int64 // above which there is something to trim
	relieving sync.Mutex
}

func newBudget(limit int64, sessions func() []*Session) *budget {
	b := &budget{limit: limit, sessions: sessions}
	b.limitNow.Store(limit)
	return b
}

// share is how much a session may keep while the budget is used up: an equal
// part for each live session. A session is live while its journal has an entry.
func (b *budget) share() int {
	return int(min(b.limit/max(b.live.Load(), 1), JournalBytes))
}

// relieve trims sessions where all together are over the budget. It must be
// called without any session's lock. It costs next to nothing within the
// budget. Beyond it, one caller does the work, and does enough of it that it
// isn't needed again at once.
func (b *budget) relieve() {
	if b.used.Load() <= b.limitNow.Load() || !b.relieving.TryLock() {
		return
	}
	defer b.relieving.Unlock()
	share := b.share() / 16 * 15
	sessions := b.sessions()
	weights := make(map[*Session]int64, len(sessions))
	for _, s := range sessions {
		weights[s] = s.kept.bytes.Load()
	}
	slices.SortFunc(sessions, func(x, y *Session) int { return cmp.Compare(weights[y], weights[x]) })
	for _, s := range sessions {
		if b.used.Load() <= b.limit/16*15 || weights[s] <= int64(share) {
			break
		}
		s.trim(share)
	}
	// Where every session keeps no more than it always does, trying at each
	// entry again would only slow the lab down.
	b.limitNow.Store(max(b.limit, b.used.Load()+b.limit/64))
}

// kept is what one session keeps of a budget.
type kept struct {
	budget *budget
	bytes  atomic.Int64
}

func (k *kept) add(bytes int) {
	k.bytes.Add(int64(bytes))
	k.budget.used.Add(int64(bytes))
}
