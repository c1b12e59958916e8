// Serve runs a lab with the gallery of components, for people who work on the lab's
// look.
package main

import (
	"context"
	"fmt"
	"log/slog"
	"os"
	"os/signal"

	"corslab/lab/library"
	"corslab/scenarios"
	"corslab/web"
	"corslab/web/view/gallery"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	if err := run(ctx); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func run(ctx context.Context) error {
	components, err := gallery.Handler()
	if err != nil {
		return err
	}
	shipped, err := library.Load(library.Source{Name: "scenarios", FS: scenarios.Files})
	if err != nil {
		return err
	}
	config := web.Config{PageAddr: "localhost:8080", APIAddr: "localhost:8000", Components: components, Limits: web.DefaultLimits()}
	lab, err := web.Listen(config, library.NewCurrent(shipped), slog.Default())
	if err != nil {
		return err
	}
	fmt.Println(lab.Origins.Page.URL("/components"))
	return lab.Serve(ctx)
}
