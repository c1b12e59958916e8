package e2e_test

import (
	"context"
	"encoding/json"
	"flag"
	"math"
	"os"
	"os/exec"
	"slices"
	"testing"
	"time"

	"corslab/lab/browser"
)

var lighthouse = flag.String("lighthouse", "", "have this `version` of Lighthouse, which npx loads, score two pages")

// bounds are the least scores, of 100.
func bounds() map[string]int {
	return map[string]int{"performance": 95, "accessibility": 100, "best-practices": 100}
}

// TestLighthouse has Lighthouse score the first page and a scenario's, as on a
// desk and as on a phone.
func TestLighthouse(t *testing.T) {
	if *lighthouse == "" {
		t.Skip("no version is given with -lighthouse")
	}
	path, err := browser.FindChromium()
	if err != nil {
		t.Fatal(err)
	}
	t.Setenv("CHROME_PATH", path)
	lab, _ := startLab(t, shipped(t), anyPort, anyPort)
	for name, page := range map[string]string{"first page": "/", "scenario": "/scenarios/put-not-allowed"} {
		for form, preset := range map[string][]string{"desktop": {"--preset=desktop"}, "mobile": nil} {
			t.Run(name+", "+form, func(t *testing.T) {
				scores, complaints := score(t, lab.Origins.Page+page, preset)
				t.Logf("%v", scores)
				for category, least := range bounds() {
					if scores[category] < least {
						t.Errorf("%s = %d, want at least %d; below par: %q", category, scores[category], least, complaints)
					}
				}
			})
		}
	}
}

// score returns Lighthouse's scores of a page, and what it found amiss.
func score(t *testing.T, url string, options []string) (scores map[string]int, complaints []string) {
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
		Categories map[string]struct{ Score float64 }
		Audits     map[string]struct {
			Score        *float64
			Title        string
			DisplayValue string
		}
	}
	if err := json.Unmarshal(output, &report); err != nil {
		t.Fatalf("read Lighthouse's report: %v", err)
	}
	scores = make(map[string]int)
	for name, category := range report.Categories {
		scores[name] = int(math.Round(100 * category.Score))
	}
	for _, audit := range report.Audits {
		if audit.Score != nil && *audit.Score < 0.9 {
			complaints = append(complaints, audit.Title+" "+audit.DisplayValue)
		}
	}
	slices.Sort(complaints)
	return scores, complaints
}
