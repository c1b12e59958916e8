package static

import (
	"fmt"
	"regexp"
)

// mainStyle is the style sheet of all pages.
const mainStyle = "css/main.css"

// Read returns a file as a page loads it. In the main style sheet it replaces each
// import with the imported file, so that a page loads one file instead of thirty.
func Read(name string) ([]byte, error) {
	content, err := Files.ReadFile(name)
	if err != nil || name != mainStyle {
		return content, err
	}
	imports := regexp.MustCompile(`(?m)^@import "(.+)" layer\((.+)\);$`)
	content = imports.ReplaceAllFunc(content, func(line []byte) []byte {
		words := imports.FindSubmatch(line)
		imported, missing := Files.ReadFile("css/" + string(words[1]))
		if missing != nil {
			err = fmt.Errorf("%s: %w", mainStyle, missing)
		}
		return fmt.Appendf(nil, "@layer %s {\n%s}\n", words[2], imported)
	})
	return content, err
}
