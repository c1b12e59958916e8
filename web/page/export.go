package page

import (
	"net/http"

	"corslab/lab/scenario/format"
)

// sessionFile handles GET /sessions/{session}/file, which returns the attempt as a
// scenario file. If there can be none, the status is still 200, because browsers log
// error statuses to the console.
func (c control) sessionFile() error {
	current, err := c.session()
	if err != nil {
		return err
	}
	draft, err := current.Draft()
	if err != nil {
		c.send(http.StatusOK, map[string]string{"error": err.Error()})
		return nil
	}
	text, err := format.Write(draft)
	if err != nil {
		return err
	}
	c.send(http.StatusOK, map[string]string{"name": "my-scenario.yaml", "text": string(text)})
	return nil
}
