package fields_test

import (
	"encoding/csv"
	"os"
	"slices"
	"strings"
	"testing"

	"corslab/lab/fields"
)

// registered returns the names in a copy of IANA's HTTP Field Name Registry,
// https://www.iana.org/assignments/http-fields/field-names.csv.
func registered(t testing.TB) []string {
	t.Helper()
	file, err := os.Open("testdata/field-names.csv")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = file.Close() }()
	rows, err := csv.NewReader(file).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, row := range rows[1:] {
		names = append(names, row[0])
	}
	return names
}

// TestRows compares the table with the registry. If a registered name has no row,
// nobody has decided about it.
func TestRows(t *testing.T) {
	names := registered(t)
	if len(names) < 250 {
		t.Fatalf("found %d registered names, want the whole registry", len(names))
	}
	seen := make(map[string]bool)
	for _, row := range fields.Rows() {
		if folded := strings.ToLower(row.Name); seen[folded] {
			t.Errorf("%s has two rows", row.Name)
		} else {
			seen[folded] = true
		}
		if known := slices.Contains(names, row.Name); known == row.Unregistered {
			t.Errorf("%s: registered %t, and the row says %t", row.Name, known, !row.Unregistered)
		}
		if !slices.Contains([]fields.Verdict{fields.Sent, fields.Confined, fields.Refused}, row.Verdict) {
			t.Errorf("%s: found the verdict %q", row.Name, row.Verdict)
		}
		if !strings.HasSuffix(row.Reason, ".") || strings.Count(row.Reason, ". ") > 0 || len(row.Reason) < 30 {
			t.Errorf("%s: found the reason %q, want one sentence", row.Name, row.Reason)
		}
	}
	for _, name := range names {
		if !seen[strings.ToLower(name)] {
			t.Errorf("%s is registered and has no row", name)
		}
	}
}

// TestLookup finds a row in every spelling. Unknown names are sent.
func TestLookup(t *testing.T) {
	for _, row := range fields.Rows() {
		for _, name := range []string{row.Name, strings.ToLower(row.Name), strings.ToUpper(row.Name)} {
			if got := fields.Lookup(name); got != row {
				t.Errorf("Lookup(%q) = %+v, want %+v", name, got, row)
			}
			if problem := fields.Check(name, "\x00", lab()); (problem == "") != (row.Verdict == fields.Sent || row.Name == "Set-Cookie" || reportsOnly(row.Name)) {
				t.Errorf("Check(%q) = %q for a value that none has, and the row says %s", name, problem, row.Verdict)
			}
		}
	}
	if got := fields.Lookup("X-Custom"); got.Verdict != fields.Sent || got.HopByHop {
		t.Errorf("Lookup(X-Custom) = %+v, want it sent", got)
	}
}

// reportsOnly reports whether the name's values are confined in only one word.
func reportsOnly(name string) bool {
	return slices.Contains([]string{
		"Connection-Allowlist", "Content-Security-Policy", "Cross-Origin-Embedder-Policy", "Cross-Origin-Opener-Policy",
		"Document-Isolation-Policy", "Document-Policy", "Feature-Policy", "Permissions-Policy",
	}, name)
}

// TestRows_harm names fields with an effect beyond the session. They must not be sent,
// whatever else the table says.
func TestRows_harm(t *testing.T) {
	for _, name := range []string{
		"Accept-CH", "Alt-Svc", "Clear-Site-Data", "Connection", "Content-Length", "Content-Security-Policy-Report-Only",
		"Critical-CH", "NEL", "Origin-Agent-Cluster", "Origin-Trial", "Refresh", "Report-To", "Reporting-Endpoints",
		"Service-Worker-Allowed", "SourceMap", "Speculation-Rules", "Strict-Transport-Security", "Trailer",
		"Transfer-Encoding", "Upgrade", "Use-As-Dictionary",
	} {
		if got := fields.Check(strings.ToLower(name), "x", lab()); !strings.Contains(got, name+" can't be set") {
			t.Errorf("Check(%s) = %q, want it refused", name, got)
		}
	}
}

// lab lists the targets that the lab's responses may lead to in these tests.
func lab() fields.Targets {
	return fields.Targets{
		Base:    "http://localhost:8000/session/1/messages",
		Origins: []string{"http://localhost:8080", "http://localhost:8000", "http://bank.app.localhost:8000", "http://127.0.0.1:49152"},
		Named:   "{page} or {api}",
		Control: "http://localhost:8080/sessions/",
	}
}
