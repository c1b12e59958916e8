package e2e_test

import (
	"math"
	"slices"
	"testing"

	"corslab/web/browsers/driver"
	"corslab/web/browsers/drivertest"
)

// BenchmarkSend measures how long a learner waits from pressing Send to the frame that
// shows the verdict. It also reports how long the bare fetch took in the runner in the
// same runs.
//
//	go test -run '^$' -bench Send -benchtime 200x ./web/e2e
func BenchmarkSend(b *testing.B) {
	chromium := drivertest.Start(b, driver.StartChromium)
	for name, id := range map[string]string{
		"blocked at the preflight": "put-not-allowed",
		"readable":                 "preflight-cache",
	} {
		b.Run(name, func(b *testing.B) { benchmarkSend(b, chromium, id) })
	}
}

func benchmarkSend(b *testing.B, chromium *driver.Chromium, id string) {
	lab, _ := startLab(b, shipped(b), anyPort, anyPort)
	l := visit(b, newTab(b, chromium), lab.Origins.Page.String()+"/scenarios/"+id)
	get[any](l, watchSend)
	l.measureSend() // the first run loads files that later ones have
	var painted, fetched []float64
	for b.Loop() {
		run := l.measureSend()
		painted, fetched = append(painted, run.Painted), append(fetched, run.Fetched)
	}
	for name, times := range map[string][]float64{"painted": painted, "fetch": fetched} {
		b.ReportMetric(percentile(times, 50), name+"-p50-ms")
		b.ReportMetric(percentile(times, 95), name+"-p95-ms")
	}
	b.ReportMetric(percentile(painted, 50)/percentile(fetched, 50), "ratio")
	b.ReportMetric(0, "ns/op") // it is mostly DevTools' time
}

// sendTimes are in milliseconds.
type sendTimes struct{ Painted, Fetched float64 }

// measureSend presses Send and returns what the page measured. It doesn't poll the page
// meanwhile, because each poll would cost the page a frame.
func (l *learner) measureSend() sendTimes {
	l.t.Helper()
	get[any](l, `void (window.measured = measureSend())`)
	l.click(`[data-action="send"]`)
	times := get[sendTimes](l, `measured`)
	l.outcome()
	return times
}

// watchSend measures inside the page, on one clock: from the time stamp of the trusted
// click to the task after the frame that shows the new verdict.
const watchSend = `
	const fetchNow = window.fetch
	window.fetch = (url, options) => {
		if (url.endsWith("/outcome")) window.fetched = JSON.parse(options.body).elapsed
		return fetchNow(url, options)
	}
	const frame = () => new Promise((drawn) => requestAnimationFrame(() => {
		const { port1, port2 } = new MessageChannel()
		port1.onmessage = drawn
		port2.postMessage(0)
	}))
	window.measureSend = async () => {
		const clicked = new Promise((seen) => addEventListener("click", (event) => seen(event.timeStamp), { capture: true, once: true }))
		const verdict = document.getElementById("verdict")
		const changed = new Promise((seen) => {
			const observer = new MutationObserver(() => { observer.disconnect(); seen() })
			observer.observe(verdict, { attributeFilter: ["data-run"] })
		})
		await changed
		await frame()
		return { painted: performance.now() - await clicked, fetched }
	}`

// percentile returns the p-th percentile of the values.
func percentile(values []float64, p float64) float64 {
	sorted := slices.Sorted(slices.Values(values))
	return sorted[int(math.Ceil(p/100*float64(len(sorted))))-1]
}
