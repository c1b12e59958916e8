package gallery

import "corslab/web/view"

// progress returns the samples of a learner's progress. They are made up, because only
// browsers store progress.
func progress(st *fixture) []Sample {
	of := func(name, state string, p view.Learned) Sample {
		return Sample{Name: name, Of: "Progress", State: state, Parts: parts(view.Progress(p))}
	}
	standings := map[string]string{"no-allow-origin": "solved", "no-cors": "helped", "put-not-allowed": "solved"}
	return []Sample{
		of("progress", "at the start", view.Learned{Total: 11, Stored: "here"}),
		of("progress-some", "some solved, one of them with help", view.Learned{Total: 11, Solved: 3, Helped: 1, Stored: "here"}),
		of("progress-nowhere", "the browser keeps nothing", view.Learned{Total: 11, Stored: "nowhere"}),
		of("progress-newer", "a newer corslab was here", view.Learned{Total: 11, Stored: "newer"}),
		{Name: "map", Of: "Map", State: "nothing solved", Parts: parts(view.Map(st.shipped, st.origins, nil))},
		{Name: "map-some", Of: "Map", State: "some solved", Parts: parts(view.Map(st.shipped, st.origins, standings))},
	}
}
