package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"runtime"
	"slices"
	"sync"
	"time"

	"corslab/cmd/internal/cli"
	"corslab/lab/cors"
	"corslab/lab/library"
	"corslab/lab/origin"
	"corslab/lab/scenario"
	"corslab/web"
	"corslab/web/browsers/driver"
	"corslab/web/browsers/play"
)

type verifyCommand struct {
	Browser []string `placeholder:"NAME" help:"chromium, firefox or webkit. Repeatable. All that are installed where none is named."`
	JSON    bool     `name:"json" help:"Print the report as one JSON object."`
	JUnit   string   `name:"junit" placeholder:"FILE" help:"Write the report as JUnit XML, for CI, into a file too."`
	Paths   []string `arg:"" optional:"" name:"path" help:"Scenario files, or folders of them. The shipped ones where none is named."`
}

// Run plays the chosen scenarios and reports the results.
func (c *verifyCommand) Run(ctx context.Context, std cli.Streams) (err error) {
	engines, err := c.engines()
	if err != nil {
		return cli.Misuse{Err: err}
	}
	lib, err := read(c.Paths)
	if err != nil {
		return cli.PrintProblems(std, err)
	}
	if len(lib.All()) == 0 {
		return cli.Misuse{Err: fmt.Errorf("no scenario in %v", c.Paths)}
	}
	browsers, missing, err := start(ctx, engines)
	defer func() {
		if closing := closeAll(browsers); ctx.Err() == nil { // after an interrupt, they have already ended
			err = errors.Join(err, closing)
		}
	}()
	for _, one := range missing {
		fmt.Fprintln(std.Err, "corslab-verify:", one)
	}
	switch {
	case err != nil:
		return err
	case len(browsers) == 0 || len(missing) > 0 && len(c.Browser) > 0:
		return cli.ErrPrinted // a browser that the user asked for isn't installed
	}
	report, err := verify(ctx, lib, browsers, newProgress(std, len(lib.All())*len(browsers)))
	if err != nil {
		return err
	}
	report.Missing = append([]string{}, missing...)
	return c.publish(std, report)
}

// engines lists the chosen engines, without duplicates.
func (c *verifyCommand) engines() ([]cors.Engine, error) {
	if len(c.Browser) == 0 {
		return play.Engines(), nil
	}
	var engines []cors.Engine
	for _, name := range c.Browser {
		engine := cors.Engine(name)
		if !slices.Contains(play.Engines(), engine) {
			return nil, fmt.Errorf("--browser %s: want chromium, firefox or webkit", name)
		}
		if !slices.Contains(engines, engine) {
			engines = append(engines, engine)
		}
	}
	return engines, nil
}

// start starts the browsers, and returns those that aren't installed.
func start(ctx context.Context, engines []cors.Engine) (browsers []*play.Browser, missing []string, err error) {
	for _, engine := range engines {
		b, err := play.Start(ctx, engine, runtime.GOMAXPROCS(0))
		var absent *driver.MissingError
		switch {
		case errors.As(err, &absent):
			missing = append(missing, fmt.Sprintf("%s: %v", engine, absent))
		case err != nil:
			return browsers, missing, err
		default:
			browsers = append(browsers, b)
		}
	}
	return browsers, missing, nil
}

func closeAll(browsers []*play.Browser) error {
	var all []error
	for _, b := range browsers {
		all = append(all, b.Close())
	}
	return errors.Join(all...)
}

// verify serves a lab on free ports and plays each scenario in each browser. If ctx
// ends first, the report has the results up to then.
func verify(ctx context.Context, lib *library.Library, browsers []*play.Browser, progress *progress) (report, error) {
	lab, err := web.Listen(web.Config{PageAddr: "localhost:0", APIAddr: "localhost:0", Limits: web.SoleClientLimits()}, library.NewCurrent(lib), slog.New(slog.DiscardHandler))
	if err != nil {
		return report{}, err
	}
	serving, stop := context.WithCancel(context.WithoutCancel(ctx))
	served := make(chan error, 1)
	go func() { served <- lab.Serve(serving) }()
	began := time.Now()
	results := playAll(ctx, lab.Origins, lib.All(), browsers, progress)
	stop()
	if err := <-served; err != nil && ctx.Err() == nil {
		return report{}, err
	}
	return newReport(lib.All(), browsers, results, time.Since(began)), nil
}

// playAll plays the scenarios in all browsers in parallel, on as many pages as each
// browser has.
func playAll(ctx context.Context, o origin.Set, scenarios []*scenario.Scenario, browsers []*play.Browser, progress *progress) []play.Result {
	var mu sync.Mutex
	var results []play.Result
	var playing sync.WaitGroup
	for _, b := range browsers {
		queue := make(chan *scenario.Scenario, len(scenarios))
		for _, s := range scenarios {
			queue <- s
		}
		close(queue)
		for range b.Pages() {
			playing.Go(func() {
				for s := range queue {
					if result, err := b.Play(ctx, o, s); err == nil {
						mu.Lock()
						results = append(results, result)
						progress.show(len(results), result)
						mu.Unlock()
					}
				}
			})
		}
	}
	playing.Wait()
	progress.clear()
	return results
}
