package view

import "corslab/lab/scenario"

// Compared is one of the two runs that a comparison shows.
type Compared struct {
	Run     int
	Attempt scenario.Attempt // that the run was made with
}
