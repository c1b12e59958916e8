package main

import (
	_ "embed"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"corslab/cmd/internal/cli"
	"corslab/lab/library"
	"corslab/lab/scenario/format"
)

type newCommand struct {
	File string `arg:"" name:"file" help:"The file to write, such as my-scenarios/10-my-first.yaml."`
}

// first is the new file. A test validates it.
//
//go:embed first.yaml
var first []byte

// Run writes a working scenario with a comment at each key. It creates the folder if
// necessary, and never overwrites a file.
func (c *newCommand) Run(std cli.Streams) error {
	name := filepath.ToSlash(c.File)
	if ext := filepath.Ext(c.File); ext != ".yaml" && ext != ".yml" {
		return cli.Misuse{Err: fmt.Errorf("new %s: want a name that ends in .yaml, such as 10-my-first.yaml", c.File)}
	}
	if filepath.Base(c.File) == library.TracksFile {
		return cli.Misuse{Err: fmt.Errorf("new %s: that is the name of a folder's map of tracks; want another one", c.File)}
	}
	if _, err := format.Parse(name, first); err != nil { // only the name can be wrong
		return cli.Misuse{Err: fmt.Errorf("new %w", err)}
	}
	if err := os.MkdirAll(filepath.Dir(c.File), 0o755); err != nil {
		return fmt.Errorf("new: %w", err)
	}
	file, err := os.OpenFile(c.File, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644)
	if errors.Is(err, fs.ErrExist) {
		return fmt.Errorf("new %s: it is there already, and is not written over", c.File)
	}
	if err != nil {
		return fmt.Errorf("new: %w", err)
	}
	_, err = file.Write(first)
	if err := errors.Join(err, file.Close()); err != nil {
		return fmt.Errorf("new: %w", errors.Join(err, os.Remove(c.File))) // don't leave half a file behind
	}
	folder := filepath.Dir(c.File)
	fmt.Fprintf(std.Err, "%s is written. Check it with: corslab validate %s\nShow it with: corslab --scenarios %s\n", c.File, c.File, folder)
	return nil
}
