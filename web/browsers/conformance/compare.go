package conformance

import (
	"bytes"
	"encoding/json"
	"fmt"

	"corslab/lab/cors"
)

// Compare describes how a verdict differs from what its engine's browser did. If the
// connection ended without a response, only the outcome counts, because the rest depends
// on the connection.
func Compare(judged cors.Verdict, observed Observation) []string {
	var differences []string
	compare := func(field string, judged, observed any) {
		j, _ := json.Marshal(judged) // no field's type can fail
		o, _ := json.Marshal(observed)
		if !bytes.Equal(j, o) {
			differences = append(differences, fmt.Sprintf("%s: judged %s, observed %s", field, j, o))
		}
	}
	compare("outcome", judged.Outcome, observed.Outcome)
	if judged.Cause == cors.NoResponse {
		return differences
	}
	compare("type", judged.Type, observed.Type)
	compare("status", judged.Status, observed.Status)
	compare("readable headers", judged.ReadableHeaders, observed.ReadableHeaders)
	compare("wire", judged.Wire, observed.Wire)
	compare("console", specific(judged.Console), specific(observed.Console))
	if observed.Error != nil {
		compare("error", judged.Error, *observed.Error)
		compare("failed parameter", judged.FailedParameter, *observed.FailedParameter)
	}
	return differences
}
