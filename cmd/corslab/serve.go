package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"os/exec"
	"runtime"
	"strings"

	"corslab/cmd/internal/cli"
	"corslab/lab/library"
	"corslab/web"
)

type serveCommand struct {
	chosen
	limitFlags

	PageAddr string `name:"page-addr" default:"localhost:8080" placeholder:"HOST:PORT" help:"Address of the page origin (default localhost:8080; port 0 takes any free one)."`
	APIAddr  string `name:"api-addr" default:"localhost:8000" placeholder:"HOST:PORT" help:"Address of the API origin (default localhost:8000)."`
	Open     bool   `help:"Open the lab in the browser."`
	Verbose  bool   `help:"Log on standard error what is refused or broken off, too."`
}

// Run serves the lab until the context is done.
func (c *serveCommand) Run(ctx context.Context, std cli.Streams) error {
	lib, err := c.load()
	if err != nil {
		return cli.PrintProblems(std, err)
	}
	errs := newLossyWriter(std.Err)
	defer errs.close()
	std.Err = errs
	level := slog.LevelInfo
	if c.Verbose {
		level = slog.LevelDebug
	}
	log := slog.New(slog.NewTextHandler(std.Err, &slog.HandlerOptions{Level: level}))
	current := library.NewCurrent(lib)
	c.limitMemory()
	config := web.Config{PageAddr: c.PageAddr, APIAddr: c.APIAddr, Limits: c.limits()}
	lab, err := web.Listen(config, current, log)
	if err != nil {
		return c.explainAddr(err)
	}
	if _, err := fmt.Fprintf(std.Out, "%s/\n%s/\n", lab.Origins.Page.String(), lab.Origins.API.String()); err != nil {
		return errors.Join(err, lab.Close())
	}
	c.banner(std, lab, len(lib.All()))
	if c.Open {
		if err := openBrowser(lab.Origins.Page.URL("/")); err != nil {
			log.Warn("the browser could not be opened", "err", err)
		}
	}
	if len(c.Scenarios) > 0 {
		defer c.watch(ctx, current, std.Err, log)()
	}
	return lab.Serve(ctx)
}

func (c *serveCommand) banner(std cli.Streams, lab *web.Lab, count int) {
	fmt.Fprintf(std.Err, "corslab %s: %s, %s", version(), counted(count), c.chosen)
	if addrs := lab.Exposed(); len(addrs) > 0 {
		fmt.Fprintf(std.Err, "\nWARNING: anyone on this network can reach the lab at %s. It has no passwords and no encryption.", strings.Join(addrs, " and "))
	}
	if host, _, err := net.SplitHostPort(c.PageAddr); err == nil && net.ParseIP(host).IsUnspecified() {
		fmt.Fprintf(std.Err, "\nThe lab answers only at %s. For other machines, set --page-addr and --api-addr to this machine's address.", lab.Origins.Page.String())
	}
	fmt.Fprintf(std.Err, "\nOpen %s/ in your browser. Stop with Ctrl+C.\n", lab.Origins.Page.String())
}

func counted(scenarios int) string {
	if scenarios == 1 {
		return "1 scenario"
	}
	return fmt.Sprintf("%d scenarios", scenarios)
}

// explainAddr adds the flag for another address to the error.
func (c *serveCommand) explainAddr(err error) error {
	var addr *web.AddrError
	if !errors.As(err, &addr) {
		return err
	}
	if addr.InUse() && c.PageAddr == c.APIAddr {
		return cli.Misuse{Err: fmt.Errorf("--page-addr and --api-addr are both %s; two origins need two addresses", addr.Addr)}
	}
	if addr.InUse() {
		return fmt.Errorf("%s is already in use; choose another address with --%s-addr, such as --%s-addr localhost:0 for any free port", addr.Addr, addr.Origin, addr.Origin)
	}
	if addr.Malformed {
		return cli.Misuse{Err: fmt.Errorf("--%s-addr %s: want host:port, such as localhost:8080", addr.Origin, addr.Addr)}
	}
	return fmt.Errorf("--%s-addr: %w", addr.Origin, err)
}

func openBrowser(url string) error {
	switch runtime.GOOS {
	case "darwin":
		return exec.Command("open", url).Start()
	case "windows":
		return exec.Command("rundll32", "url.dll,FileProtocolHandler", url).Start()
	}
	return exec.Command("xdg-open", url).Start()
}
