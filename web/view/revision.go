package view

// RevisionState is what an open page shows of its scenario.
type RevisionState int

// The page shows the newest version, or an older one, or the last there was.
const (
	RevisionShown RevisionState = iota
	RevisionOld
	RevisionGone
)
