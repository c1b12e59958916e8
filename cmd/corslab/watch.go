package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"slices"
	"strings"
	"time"

	"corslab/lab/library"
	"corslab/lab/scenario/format"

	"github.com/fsnotify/fsnotify"
)

// Times of a watcher.
const (
	quiet   = 100 * time.Millisecond // without a change, before the files are read: an editor writes in steps
	longest = time.Second            // that changes which do not end are waited for
	retry   = time.Second            // until a folder that is gone is looked for again
)

// saidProblems bounds what is said on standard error at once; the page of
// problems has more.
const saidProblems = 50

// watcher keeps a shelf at what the chosen folders hold. It watches the
// folders, because many editors replace a file instead of writing it.
type watcher struct {
	chosen chosen
	shelf  *library.Current
	notify *fsnotify.Watcher
	errs   io.Writer
	log    *slog.Logger

	missed map[string]bool // folders that could not be watched when they were last tried
	first  time.Time       // the first change that was not read yet; zero for none
	rested time.Time       // before which the files are not read again
}

// watch begins to watch. The returned function ends it, and returns when all
// is ended.
func (c chosen) watch(ctx context.Context, shelf *library.Current, errs io.Writer, log *slog.Logger) (stop func()) {
	notify, err := fsnotify.NewWatcher()
	if err != nil {
		log.Warn("changes of scenario files are not picked up", "err", err)
		return func() {}
	}
	w := &watcher{chosen: c, shelf: shelf, notify: notify, errs: errs, log: log, missed: make(map[string]bool)}
	ctx, cancel := context.WithCancel(ctx)
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		w.follow(ctx)
	}()
	return func() {
		cancel()
		<-ended
	}
}

// follow reads the files whenever something has changed, and at first, because
// they may have changed since they were read.
func (w *watcher) follow(ctx context.Context) {
	due := time.NewTimer(0)
	defer due.Stop()
	defer w.notify.Close()
	for {
		select {
		case <-w.notify.Events:
			due.Reset(w.wait(time.Now()))
		case err := <-w.notify.Errors: // as when there were more changes than it could tell of
			w.log.Debug("scenario files watched", "err", err)
			due.Reset(w.wait(time.Now()))
		case <-due.C:
			if !w.read() {
				due.Reset(retry)
			}
		case <-ctx.Done():
			return
		}
	}
}

// wait is how long the files are left alone after a change. However many
// changes there are, they are read, and reading takes no more than half of the
// time.
func (w *watcher) wait(now time.Time) time.Duration {
	if w.first.IsZero() {
		w.first = now
	}
	return max(min(quiet, w.first.Add(longest).Sub(now)), w.rested.Sub(now))
}

// read puts what the folders hold on the shelf. It reports whether all of them
// are watched.
func (w *watcher) read() (watched bool) {
	w.first = time.Time{}
	watched = w.watchFolders() // first, so that no change is missed
	began := time.Now()
	sources, closeAll := w.chosen.open()
	defer closeAll()
	before, old := w.shelf.Problems(), w.shelf.Library()
	lib, problems := old.Reload(sources...)
	w.shelf.Replace(lib, problems)
	ended := time.Now()
	w.rested = ended.Add(ended.Sub(began))
	if !slices.Equal(before, problems) {
		w.say(problems)
	}
	if !slices.Equal(old.All(), lib.All()) {
		fmt.Fprintf(w.errs, "corslab: changes picked up; %s now\n", counted(len(lib.All())))
	}
	return watched
}

// watchFolders watches each folder anew: the one that has the name now may not
// be the one that had it.
func (w *watcher) watchFolders() (all bool) {
	all = true
	for _, folder := range w.chosen.Scenarios {
		if err := w.notify.Remove(folder); err != nil && !errors.Is(err, fsnotify.ErrNonExistentWatch) {
			w.log.Debug("folder no longer watched", "folder", folder, "err", err)
		}
		err := w.notify.Add(folder)
		if err != nil && !w.missed[folder] { // said once, however often it is tried again
			w.log.Warn("changes in a folder are not picked up until it can be watched", "folder", folder, "err", err)
		}
		w.missed[folder] = err != nil
		all = all && err == nil
	}
	return all
}

// say prints the problems, each with the line that it is about.
func (w *watcher) say(problems format.Problems) {
	if len(problems) == 0 {
		fmt.Fprintln(w.errs, "corslab: the scenario files have no problems any more")
		return
	}
	var text strings.Builder // in one piece: others write there too
	fmt.Fprintln(&text, "corslab: problems in scenario files; their last versions without any stay in force:")
	for _, problem := range problems[:min(len(problems), saidProblems)] {
		fmt.Fprintln(&text, problem.Quoted())
	}
	if more := len(problems) - saidProblems; more > 0 {
		fmt.Fprintf(&text, "corslab: and %d more\n", more)
	}
	io.WriteString(w.errs, text.String())
}
