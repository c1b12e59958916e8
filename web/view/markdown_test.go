package view_test

import (
	"io"
	"regexp"
	"strings"
	"testing"
	"time"

	"corslab/lab/scenario/format"
	"corslab/web/view"
)

// TestMarkdown_hostile checks that an author's text can't bring a script into the page.
// (The page's Content-Security-Policy wouldn't run it either.)
func TestMarkdown_hostile(t *testing.T) {
	active := regexp.MustCompile(`(?i)<(script|iframe|object|embed|style|svg|form|base|meta|input|b)\b|<[^>]*\son\w+\s*=|(href|src)="(javascript|vbscript|data|file):`)
	for _, text := range []string{
		"<script>alert(1)</script>", "a <script src=//evil.example></script> b", "<SCRIPT\n>alert(1)</SCRIPT>",
		"<img src=x onerror=alert(1)>", "<b onclick=alert(1)>b</b>", "<svg/onload=alert(1)>", "<iframe srcdoc='<script>'>",
		"[a](javascript:alert(1))", "[a](JaVaScRiPt:alert(1))", "[a](&#106;avascript:alert(1))", "[a](java&Tab;script:alert(1))",
		"[a](<javascript:alert(1)>)", "[a][b]\n\n[b]: javascript:alert(1)", "<javascript:alert(1)>", "![a](javascript:alert(1))",
		"[a](vbscript:x)", "[a](data:text/html;base64,PHNjcmlwdD4=)", "[a](file:///etc/passwd)", "![a](data:image/svg+xml;base64,PHN2Zz4=)",
		"[a](http://a.example \"\" onclick=\"alert(1)\")", "[a](http://a.example/\"onclick=\"alert(1))", "![\"onerror=\"alert(1)](x)",
		"```<script>\nalert(1)\n```", "`<script>`", "# <script>", "<!-- --><script>alert(1)</script>", "<style>*{display:none}</style>",
		"<base href=//evil.example>", "<meta http-equiv=refresh content=0>", "<form action=//evil.example><input>", "\x00<script>", "&lt;script&gt;",
	} {
		var html strings.Builder
		if err := view.Markdown(text).Render(t.Context(), &html); err != nil {
			t.Fatal(err)
		}
		if found := active.FindString(html.String()); found != "" {
			t.Errorf("%q becomes %s, which holds %q", text, html.String(), found)
		}
	}
}

// TestMarkdown_links checks that a link to another program on the learner's machine
// loses its address and keeps its words. That program could take the click for a request
// from its own site.
func TestMarkdown_links(t *testing.T) {
	for text, want := range map[string]string{
		"[a](/scenarios/no-cors)":            `<p><a href="/scenarios/no-cors">a</a></p>`,
		"[a](https://example.com/)":          `<p><a href="https://example.com/">a</a></p>`,
		"<https://example.com/>":             `<p><a href="https://example.com/">https://example.com/</a></p>`,
		"[a **b**](http://localhost:9/exec)": `<p>a <strong>b</strong></p>`,
		"<http://localhost:9/exec>":          `<p>http://localhost:9/exec</p>`,
		"[a][b]\n\n[b]: http://127.0.0.1:9/": `<p>a</p>`,
		"[a](/&#47;localhost:9/)":            `<p>a</p>`,
		"[a](/\\\\localhost:9/)":             `<p>a</p>`,
	} {
		var html strings.Builder
		if err := view.Markdown(text).Render(t.Context(), &html); err != nil {
			t.Fatal(err)
		}
		if got := strings.TrimSpace(html.String()); got != want {
			t.Errorf("%q becomes %s, want %s", text, got, want)
		}
	}
}

// TestMarkdown_long checks that no text that fits into a file takes long to render,
// because some take time quadratic in their length.
func TestMarkdown_long(t *testing.T) {
	for _, part := range []string{"[", "[a](b", "[](", "![](", "![", "![[", "*", "*a ", "**a*", "a**b_", "_a *b ", "`", "`a ``", "<a ", "<!--", "> ", "- ", "1) ", " - a\n", "[a]: b\n", "\\", "&"} {
		start := time.Now()
		if err := view.Markdown(strings.Repeat(part, format.MaxStory/len(part))).Render(t.Context(), io.Discard); err != nil {
			t.Fatal(err)
		}
		if took := time.Since(start); took > 5*time.Second {
			t.Errorf("%q, over and over, took %v", part, took)
		}
	}
}
