package driver

import (
	"context"
	"fmt"
	"slices"
	"sync"
)

// journal keeps records in order, so that later readers get all of them.
type journal[T any] struct {
	mu      sync.Mutex
	records []T
	changed chan struct{} // closed at the next record; nil while nobody waits
}

func (j *journal[T]) add(record T) {
	j.mu.Lock()
	defer j.mu.Unlock()
	j.records = append(j.records, record)
	if j.changed != nil {
		close(j.changed)
		j.changed = nil
	}
}

func (j *journal[T]) all() []T {
	j.mu.Lock()
	defer j.mu.Unlock()
	return slices.Clone(j.records)
}

func (j *journal[T]) forget() {
	j.mu.Lock()
	defer j.mu.Unlock()
	j.records = nil
}

// wait returns the first record that match accepts, as soon as there is one.
func (j *journal[T]) wait(ctx context.Context, match func(T) bool) (T, error) {
	for looked := 0; ; {
		found, ok, next, changed := j.look(looked, match)
		if ok {
			return found, nil
		}
		looked = next
		select {
		case <-changed:
		case <-ctx.Done():
			return found, fmt.Errorf("wait among %d records: %w", looked, ctx.Err())
		}
	}
}

// look searches the records from an index on. If none matches, it returns the index to
// continue from, and a channel that is closed when there is more.
func (j *journal[T]) look(from int, match func(T) bool) (found T, ok bool, next int, changed <-chan struct{}) {
	j.mu.Lock()
	defer j.mu.Unlock()
	from = min(from, len(j.records)) // records may have been forgotten meanwhile
	if at := slices.IndexFunc(j.records[from:], match); at >= 0 {
		return j.records[from+at], true, 0, nil
	}
	if j.changed == nil {
		j.changed = make(chan struct{})
	}
	return found, false, len(j.records), j.changed
}
