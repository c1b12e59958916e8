package gallery

import (
	"corslab/lab/cors"
	"corslab/lab/policy"
	"corslab/lab/scenario"
	"corslab/lab/session"
	"corslab/lab/wire"
	"corslab/web/view"
)

// cached returns the samples of caches, a minute after a run.
func cached(st *fixture) []Sample {
	asked := []round{{requests: st.preflightAndPut(), report: got(200, written)}}
	get := []round{{requests: []wire.Request{st.request("GET", "/messages")}, report: got(200, messages)}}
	onSafari := []round{{requests: st.preflightAndPut(), report: got(200, written), engine: cors.WebKit}}
	all := []Sample{{Name: "caches-nothing", Of: "Caches", State: "nothing is remembered, so it is not there", Parts: parts(view.Caches(session.Caches{}))}}
	for _, m := range []struct {
		name, state, scenario string
		change                scenario.Change
		rounds                []round
	}{
		{"preflight", "a preflight", "preflight-cache", maxAge("600"), asked},
		{"over", "a preflight whose time is over", "preflight-cache", maxAge("59"), asked},
		{"capped", "a preflight, in Safari, which keeps none as long", "preflight-cache", maxAge("86400"), onSafari},
		{"browser", "an answer in the browser", "caches", cacheIs(policy.CacheOff), get},
		{"shared", "an answer in every cache, and another in front", "caches", cacheIs(policy.CacheVary), get},
		{"blind", "a cache that looks at no header", "caches", cacheIs(policy.CacheBlind), get},
	} {
		caches := st.play(m.scenario, m.change, m.rounds...).caches
		caches.Now = viewedAt()
		all = append(all, Sample{Name: "caches-" + m.name, Of: "Caches", State: m.state, Parts: parts(view.Caches(caches))})
	}
	unfolded := all[1]
	unfolded.Name, unfolded.State, unfolded.Open = "caches-unfolded", "a preflight, unfolded", true
	return append(all, unfolded)
}

// cacheIs sets the shared cache.
func cacheIs(cache policy.Cache) scenario.Change {
	return scenario.Change{Policy: policy.Change{Cache: cache}}
}
