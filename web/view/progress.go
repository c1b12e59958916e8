package view

// Learned is what the panel of the learner's progress shows. The page's script
// knows it; the server sends it empty, but for samples.
type Learned struct {
	Total  int    // scenarios
	Solved int    // of these
	Helped int    // of the solved ones, with help
	Kept   string // where: "here", "nowhere", or "newer" where another corslab keeps its own; empty until the script has looked
}
