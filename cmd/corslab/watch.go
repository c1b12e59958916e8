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
	quiet   = 100 * time.Millisecond // time without a change before the files are read, because editors write in steps
	longest = time.Second            // longest wait if changes keep coming
	retry   = time.Second            // time between attempts to watch a missing folder
)

// maxPrinted is how many problems are printed at once. The page of problems shows more.
const maxPrinted = 50

// watcher replaces the library when files in the chosen folders change. It watches
// folders and not files, because many editors replace a file instead of writing to it.
type watcher struct {
	chosen  chosen
	current *library.Current
	notify  *fsnotify.Watcher
	errs    io.Writer
	log     *slog.Logger

	missed map[string]bool // folders for which the last attempt to watch them failed
	first  time.Time       // time of the first change that hasn't been read yet; zero if there is none
	rested time.Time       // earliest time to read the files again
}

// watch starts to watch. The returned function stops it, and returns when everything
// has ended.
func (c chosen) watch(ctx context.Context, current *library.Current, errs io.Writer, log *slog.Logger) (stop func()) {
	notify, err := fsnotify.NewWatcher()
	if err != nil {
		log.Warn("changes of scenario files are not picked up", "err", err)
		return func() {}
	}
	w := &watcher{chosen: c, current: current, notify: notify, errs: errs, log: log, missed: make(map[string]bool)}
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

// follow reads the files whenever something has changed. It also reads them at the
// start, because they may have changed since they were loaded.
func (w *watcher) follow(ctx context.Context) {
	due := time.NewTimer(0)
	defer due.Stop()
	defer w.notify.Close()
	for {
		select {
		case <-w.notify.Events:
			due.Reset(w.wait(time.Now()))
		case err := <-w.notify.Errors: // for example, too many changes at once
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

// wait is how long to wait after a change before reading the files. Even if changes
// keep coming, the files are read, but reading takes no more than half of the time.
func (w *watcher) wait(now time.Time) time.Duration {
	if w.first.IsZero() {
		w.first = now
	}
	return max(min(quiet, w.first.Add(longest).Sub(now)), w.rested.Sub(now))
}

// read reads the folders and replaces the library. It reports whether all folders are
// watched.
func (w *watcher) read() (watched bool) {
	w.first = time.Time{}
	watched = w.watchFolders() // before reading, so that no change is missed
	began := time.Now()
	sources, closeAll := w.chosen.open()
	defer closeAll()
	before, old := w.current.Problems(), w.current.Library()
	lib, problems := old.Reload(sources...)
	w.current.Replace(lib, problems)
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

// watchFolders watches each folder again, because the folder that has the name now may
// be a different one.
func (w *watcher) watchFolders() (all bool) {
	all = true
	for _, folder := range w.chosen.Scenarios {
		if err := w.notify.Remove(folder); err != nil && !errors.Is(err, fsnotify.ErrNonExistentWatch) {
			w.log.Debug("folder no longer watched", "folder", folder, "err", err)
		}
		err := w.notify.Add(folder)
		if err != nil && !w.missed[folder] { // log it once, however often it fails
			w.log.Warn("changes in a folder are not picked up until it can be watched", "folder", folder, "err", err)
		}
		w.missed[folder] = err != nil
		all = all && err == nil
	}
	return all
}

// say prints the problems with the lines that they are in.
func (w *watcher) say(problems format.Problems) {
	if len(problems) == 0 {
		fmt.Fprintln(w.errs, "corslab: the scenario files have no problems any more")
		return
	}
	var text strings.Builder // written at once, because others write there too
	fmt.Fprintln(&text, "corslab: problems in scenario files; their last versions without any stay in force:")
	for _, problem := range problems[:min(len(problems), maxPrinted)] {
		fmt.Fprintln(&text, problem.Quoted())
	}
	if more := len(problems) - maxPrinted; more > 0 {
		fmt.Fprintf(&text, "corslab: and %d more\n", more)
	}
	io.WriteString(w.errs, text.String())
}
