package e2e_test

import (
	"context"
	"encoding/json"
	"flag"
	"fmt"
	"math"
	"os"
	"os/exec"
	"testing"
	"time"

	"corslab/web/browsers/driver"
)

var lighthouse = flag.String("lighthouse", "", "have this `version` of Lighthouse, which npx loads, score two pages")

// bounds are the lowest acceptable scores, out of 100.
func bounds() map[string]int {
	return map[string]int{"performance": 95, "accessibility": 100, "best-practices": 100}
}

// TestLighthouse has Lighthouse score the home page and a scenario's page, for desktop
// and phone.
func TestLighthouse(t *testing.T) {
	if *lighthouse == "" {
		t.Skip("no version is given with -lighthouse")
	}
	path, err := driver.FindChromium()
	if err != nil {
		t.Fatal(err)
	}
	t.Setenv("CHROME_PATH", path)
	lab, _ := startLab(t, shipped(t), anyPort, anyPort)
	for name, page := range map[string]string{"first page": "/", "scenario": "/scenarios/put-not-allowed"} {
		for form, preset := range map[string][]string{"desktop": {"--preset=desktop"}, "mobile": nil} {
			t.Run(name+", "+form, func(t *testing.T) {
				var complaints []string
				for range 3 { // a busy machine lowers scores and never raises them
					if complaints = complaintsAbout(t, lab.Origins.Page.String()+page, preset); len(complaints) == 0 {
						return
					}
				}
				t.Errorf("amiss in each of three runs, in the last one: %q", complaints)
			})
		}
	}
}

// complaintsAbout has Lighthouse score a page, and returns whatever keeps it below the
// bounds.
func complaintsAbout(t *testing.T, url string, options []string) (complaints []string) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), 5*time.Minute)
	defer cancel()
	args := []string{
		"--yes", "lighthouse@" + *lighthouse, url, "--output=json", "--quiet",
		"--only-categories=performance,accessibility,best-practices", "--chrome-flags=--headless=new --no-sandbox --disable-gpu",
	}
	cmd := exec.CommandContext(ctx, "npx", append(args, options...)...)
	cmd.Stderr = os.Stderr
	output, err := cmd.Output()
	if err != nil {
		t.Fatalf("run Lighthouse: %v", err)
	}
	var report struct {
		Environment struct{ BenchmarkIndex float64 }
		Categories  map[string]struct{ Score float64 }
		Audits      map[string]struct {
			Score        *float64
			Title        string
			DisplayValue string
		}
	}
	if err := json.Unmarshal(output, &report); err != nil {
		t.Fatalf("read Lighthouse's report: %v", err)
	}
	for name, least := range bounds() {
		got := int(math.Round(100 * report.Categories[name].Score))
		t.Logf("%s %d on a machine of speed %.0f", name, got, report.Environment.BenchmarkIndex)
		if got < least {
			complaints = append(complaints, fmt.Sprintf("%s = %d, want at least %d", name, got, least))
		}
	}
	if len(complaints) == 0 {
		return nil
	}
	for _, audit := range report.Audits {
		if audit.Score != nil && *audit.Score < 0.9 {
			complaints = append(complaints, audit.Title+" "+audit.DisplayValue)
		}
	}
	return complaints
}
