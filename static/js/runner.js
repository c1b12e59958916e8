/**
 * Runs in the runner's document, on the origin that the scenario names. It makes the
 * request that the lab's page sends it and reports the result. It is a classic script,
 * because a module would have to pass CORS itself.
 */
{
  const pageOrigin = document.documentElement.dataset.pageOrigin
  const lab = opener ?? parent

  /** @param {RunRequest} request */
  const perform = (request) =>
    Promise.race([runnerKinds[request.kind](request), runnerReport.late()]).catch((error) => runnerReport.exception("fetch", error))

  addEventListener("message", async (event) => {
    if (event.origin !== pageOrigin || event.source !== lab) return
    const started = performance.now()
    const report = await perform(event.data)
    event.ports[0]?.postMessage({ ...report, elapsed: performance.now() - started })
  })
  if (opener) lab.postMessage("ready", pageOrigin)
}
