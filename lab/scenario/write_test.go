package scenario_test

import (
	"path/filepath"
	"testing"

	"corslab/lab/scenario"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
)

// TestWrite reads what it wrote: every scenario that there is comes back as it
// was.
func TestWrite(t *testing.T) {
	for _, path := range append(glob(t, "testdata/ok/*"), glob(t, "../../scenarios/*.yaml")...) {
		name := filepath.Base(path)
		t.Run(name, func(t *testing.T) {
			want, err := scenario.Parse(name, read(t, path))
			if err != nil {
				t.Fatal(err)
			}
			written, err := scenario.Write(want)
			if err != nil {
				t.Fatal(err)
			}
			got, err := scenario.Parse(name, written)
			if err != nil {
				t.Fatalf("what was written cannot be read: %v\n%s", err, written)
			}
			if diff := cmp.Diff(want, got, cmpopts.EquateEmpty()); diff != "" {
				t.Errorf("it comes back otherwise (-want +got):\n%s\n%s", diff, written)
			}
		})
	}
}
