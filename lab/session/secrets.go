package session

import (
	"slices"
	"strings"

	"corslab/lab/backend"
	"corslab/lab/scenario"
)

// secrets are the account's secrets that a page has read in a run, or "" if it hasn't
// read any.
type secrets backend.Secrets

// read adds the secrets in a body.
func (s secrets) read(account backend.Secrets, body string) secrets {
	if strings.Contains(body, account.Key) {
		s.Key = account.Key
	}
	if strings.Contains(body, account.Token) {
		s.Token = account.Token
	}
	return s
}

// fill puts the secrets into a script.
func (s secrets) fill(script scenario.Script) scenario.Script {
	replace := strings.NewReplacer("{key}", s.Key, "{token}", s.Token).Replace
	script.URL, script.Body.Text = replace(script.URL), replace(script.Body.Text)
	script.Headers = slices.Clone(script.Headers)
	for i := range script.Headers {
		script.Headers[i].Value = replace(script.Headers[i].Value)
	}
	script.Body.Form = slices.Clone(script.Body.Form)
	for i, pair := range script.Body.Form {
		script.Body.Form[i] = []string{pair[0], replace(pair[1])}
	}
	return script
}
