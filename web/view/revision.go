package view

// RevisionState says whether an open page shows the current version of its scenario.
type RevisionState int

// The page shows the newest version, an older one, or a scenario that was deleted.
const (
	RevisionShown RevisionState = iota
	RevisionOld
	RevisionGone
)
