package session

import (
	"cmp"
	"slices"
	"sync"
	"sync/atomic"
)

// budget limits how many bytes all sessions of a store use together. Above the limit,
// the sessions that use more than their share are trimmed, the largest first.
type budget struct {
	limit    int64
	sessions func() []*Session

	used      atomic.Int64 // bytes that the sessions use
	live      atomic.Int64 // sessions whose journal has an entry
	limitNow  atomic.Int64 // number of bytes above which trimming helps
	relieving sync.Mutex
}

func newBudget(limit int64, sessions func() []*Session) *budget {
	b := &budget{limit: limit, sessions: sessions}
	b.limitNow.Store(limit)
	return b
}

// share is how much a session can use while the budget is used up: an equal part for
// each live session. A session is live while its journal has an entry.
func (b *budget) share() int {
	return int(min(b.limit/max(b.live.Load(), 1), JournalBytes))
}

// relieve trims sessions if all of them together are over the budget. The caller must
// not hold a session's lock. Within the budget it costs next to nothing. Over the
// budget, one caller does the work, and enough of it that the next caller has nothing
// to do.
func (b *budget) relieve() {
	if b.used.Load() <= b.limitNow.Load() || !b.relieving.TryLock() {
		return
	}
	defer b.relieving.Unlock()
	share := b.share() / 16 * 15
	sessions := b.sessions()
	weights := make(map[*Session]int64, len(sessions))
	for _, s := range sessions {
		weights[s] = s.usage.bytes.Load()
	}
	slices.SortFunc(sessions, func(x, y *Session) int { return cmp.Compare(weights[y], weights[x]) })
	for _, s := range sessions {
		if b.used.Load() <= b.limit/16*15 || weights[s] <= int64(share) {
			break
		}
		s.trim(share)
	}
	// If no session can be trimmed any further, trying again at each entry would only slow
	// the lab down.
	b.limitNow.Store(max(b.limit, b.used.Load()+b.limit/64))
}

// usage is the part of a budget that one session uses.
type usage struct {
	budget *budget
	bytes  atomic.Int64
}

func (u *usage) add(bytes int) {
	u.bytes.Add(int64(bytes))
	u.budget.used.Add(int64(bytes))
}
