package view

// Learned is what the progress panel shows. The page's script fills it in; the server
// sets it only in samples.
type Learned struct {
	Total  int    // the number of scenarios
	Solved int    // how many of them are solved
	Helped int    // how many of those were solved with help
	Stored string // where progress is stored: "here", "nowhere", or "newer" if a newer corslab has stored its own; "" until the script has looked
}
