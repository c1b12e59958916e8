package format

// Bounds on a scenario file.
const (
	MaxFile     = 256 << 10 // bytes
	MaxStory    = 8 << 10   // bytes of the story, and of a hint
	MaxHints    = 20
	MaxNeeds    = 20
	MaxChanges  = 20  // solutions, and wrong answers
	MaxSends    = 10  // runs that a solution takes
	MaxMinutes  = 60  // that a scenario takes
	MaxProblems = 100 // that are reported of one file
	MaxPictures = 20  // in the texts of one file
	MaxTracks   = 100 // in a map of tracks

	// There is Markdown that takes time in proportion to the square of its length.
	MaxMarkdown = 16 << 10 // bytes of the story and the hints together
)
