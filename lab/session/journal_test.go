package session_test

import (
	"reflect"
	"strings"
	"sync"
	"testing"
	"time"

	"corslab/lab/cors"
	"corslab/lab/policy"
	"corslab/lab/scenario"
	"corslab/lab/session"
	"corslab/lab/wire"
)

// TestEntries_many has many writers and readers on one journal. Each reader gets every
// entry once and in order.
func TestEntries_many(t *testing.T) {
	const writers, each = 8, session.JournalSize / 8
	s := open(t, session.NewStore(origins(t), time.Now, session.DefaultBounds()), false)
	var readers, all sync.WaitGroup
	for range 8 {
		readers.Go(func() {
			for after := uint64(0); after < writers*each; {
				entries, changed := s.Entries(after)
				for _, e := range entries {
					if e.Seq != after+1 {
						t.Errorf("entry %d after %d", e.Seq, after)
						return
					}
					after = e.Seq
				}
				if len(entries) == 0 {
					<-changed
				}
			}
		})
	}
	for range writers {
		all.Go(func() {
			for range each {
				receive(s, 0, put("x"))
				s.Attempt()
				s.Position()
			}
		})
	}
	all.Wait()
	readers.Wait()
}

func TestEntries_ring(t *testing.T) {
	s := open(t, session.NewStore(origins(t), time.Now, session.DefaultBounds()), false)
	for range session.JournalSize + 44 {
		receive(s, 0, put("x"))
	}
	for name, test := range map[string]struct {
		after, first uint64
		count        int
	}{
		"from the start":            {0, 45, session.JournalSize},
		"from the lost part":        {43, 45, session.JournalSize},
		"from the last lost entry":  {44, 45, session.JournalSize},
		"from the first entry left": {45, 46, session.JournalSize - 1},
		"from the newest":           {session.JournalSize + 44, 0, 0},
		"from the future":           {1 << 40, 0, 0},
	} {
		t.Run(name, func(t *testing.T) {
			entries, changed := s.Entries(test.after)
			if len(entries) != test.count {
				t.Fatalf("%d entries, want %d", len(entries), test.count)
			}
			if test.count > 0 && entries[0].Seq != test.first {
				t.Errorf("first entry %d, want %d", entries[0].Seq, test.first)
			}
			select {
			case <-changed:
				t.Error("the channel is closed, want it open until the next entry")
			default:
			}
		})
	}
}

// TestEntries_bytes fills the journal with large requests. The journal stays within its
// bound, without a gap before the newest entry.
func TestEntries_bytes(t *testing.T) {
	const large = 60 << 10
	s := open(t, session.NewStore(origins(t), time.Now, session.DefaultBounds()), false)
	for range 100 {
		request := put("x")
		request.Headers = wire.Lines("X-Large: " + strings.Repeat("x", large))
		receive(s, 0, request)
	}
	entries, _ := s.Entries(0)
	if len(entries) < 10 {
		t.Fatalf("%d entries are kept, want many: their headers are cut", len(entries))
	}
	total := 0
	for _, e := range entries {
		total += session.SizeOf(e)
	}
	if total > session.JournalBytes {
		t.Errorf("%d bytes are kept, want at most %d", total, session.JournalBytes)
	}
	for i, e := range entries {
		if want := uint64(100 - len(entries) + i + 1); e.Seq != want {
			t.Errorf("entry %d is number %d, want %d", i, e.Seq, want)
		}
	}
}

// TestEntries_scripts starts runs with the longest scripts. The journal stays within
// its bound then too.
func TestEntries_scripts(t *testing.T) {
	s := open(t, session.NewStore(origins(t), time.Now, session.DefaultBounds()), false)
	current, attempt := s.Attempt()
	for range policy.MaxHeaders {
		attempt.Script.Headers = append(attempt.Script.Headers, policy.Header{Name: "X-Large", Value: strings.Repeat("x", policy.MaxHeaderValue)})
	}
	s.Put(current, attempt)
	for range 40 {
		s.Start()
	}
	entries, _ := s.Entries(0)
	if got, most := len(entries), session.JournalBytes/(policy.MaxHeaders*policy.MaxHeaderValue); got == 0 || got > most {
		t.Errorf("%d entries are kept, want 1 to %d", got, most)
	}
}

// TestEntry_size: every text in an entry counts, wherever it is, except for the texts
// of the goal, which belong to the scenario.
func TestEntry_size(t *testing.T) {
	const long = 1 << 20
	for name, entry := range map[string]session.Entry{
		"Started":  {Started: &session.Started{}},
		"Received": {Received: &session.Received{}},
		"Settled":  {Settled: &session.Settled{}},
	} {
		visit(reflect.ValueOf(&entry).Elem().FieldByName(name).Elem(), name, func(path string, set func(text string)) {
			before := session.SizeOf(entry)
			set(strings.Repeat("x", long))
			if got := session.SizeOf(entry) - before; got < long && !strings.HasPrefix(path, "Settled.Goal.") {
				t.Errorf("%s: a text of %d bytes counts as %d", path, long, got)
			}
			set("")
		})
	}
}

// visit fills a value, with one element in each list, and calls text for every text in
// it. It skips words of a closed set, which have types of their own.
func visit(v reflect.Value, path string, text func(path string, set func(text string))) {
	switch value := v.Addr().Interface().(type) {
	case *string:
		text(path, func(t string) { *value = t })
		return
	case *[]byte:
		text(path, func(t string) { *value = []byte(t) })
		return
	}
	switch v.Kind() {
	case reflect.Struct:
		for i := range v.NumField() {
			if field := v.Type().Field(i); field.IsExported() {
				visit(v.Field(i), path+"."+field.Name, text)
			}
		}
	case reflect.Pointer:
		v.Set(reflect.New(v.Type().Elem()))
		visit(v.Elem(), path, text)
	case reflect.Slice:
		v.Set(reflect.MakeSlice(v.Type(), 1, 1))
		visit(v.Index(0), path, text)
	}
}

// TestEntry_size_empty: parts without text cost something too.
func TestEntry_size_empty(t *testing.T) {
	const elements, least = 1000, 64 // bytes each
	for name, entry := range map[string]session.Entry{
		"headers of a report":         {Settled: &session.Settled{Report: session.Report{Headers: make([][]string, elements)}}},
		"headers of a script":         {Started: &session.Started{Script: scenario.Script{Headers: make([]policy.Header, elements)}}},
		"headers of a settled script": {Settled: &session.Settled{Script: scenario.Script{Headers: make([]policy.Header, elements)}}},
		"fields of a form":            {Started: &session.Started{Script: scenario.Script{Body: scenario.Body{Form: make([][]string, elements)}}}},
		"headers of a policy":         {Settled: &session.Settled{Change: session.Change{Attempt: scenario.Attempt{Policy: policy.Policy{Response: policy.Reply{Headers: make([]policy.Header, elements)}}}}}},
		"edits":                       {Settled: &session.Settled{Change: session.Change{Edits: make([]scenario.Edit, elements)}}},
		"requests":                    {Settled: &session.Settled{Sent: make([]session.Sent, elements)}},
		"requests of a verdict":       {Settled: &session.Settled{Judged: session.Judged{Verdict: cors.Verdict{Wire: make([]cors.WireRequest, elements)}}}},
		"steps of a verdict":          {Settled: &session.Settled{Judged: session.Judged{Verdict: cors.Verdict{Steps: make([]cors.Step, elements)}}}},
		"verdicts":                    {Settled: &session.Settled{Judged: session.Judged{Others: make([]cors.Verdict, elements)}}},
	} {
		if got := session.SizeOf(entry); got < elements*least {
			t.Errorf("%d %s count as %d bytes, want at least %d", elements, name, got, elements*least)
		}
	}
}
