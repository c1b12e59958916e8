/**
 * Runs in the runner's document, on the origin that the scenario names: makes
 * the request that the lab's page hands over and reports what came of it. A
 * classic script, because a module would have to pass CORS itself.
 */
{
  const LONGEST_REQUEST = 30_000 // ms
  const KEPT_BODY = 8_192 // characters
  const pageOrigin = document.documentElement.dataset.pageOrigin

  /**
   * @param {{ kind: string, text?: string, form?: string[][] }} body
   * @returns {BodyInit | undefined}
   */
  const bodyOf = (body) => {
    if (body.kind === "text") return body.text
    if (body.kind === "form") return new URLSearchParams(body.form)
    return undefined
  }

  /**
   * @param {string} failed what failed: the fetch itself, reading the body, or this runner's patience
   * @param {Error} error
   */
  const failure = (failed, error) => ({
    type: "error", status: 0, headers: [], body: "", error: `${error.name}: ${error.message}`,
    failed: error.name === "TimeoutError" ? "time" : failed,
  })

  /** @param {any} request as run.js describes it */
  const send = async (request) => {
    let response
    try {
      response = await fetch(request.url, {
        method: request.method,
        mode: request.mode,
        credentials: request.credentials,
        redirect: request.redirect,
        headers: new Headers(request.headers),
        body: bodyOf(request.body),
        signal: AbortSignal.timeout(LONGEST_REQUEST),
      })
    } catch (error) {
      return failure("fetch", /** @type {Error} */ (error))
    }
    try {
      const body = (await response.text()).slice(0, KEPT_BODY)
      return { type: response.type, status: response.status, headers: [...response.headers], body, error: "", failed: "" }
    } catch (error) {
      return failure("body", /** @type {Error} */ (error))
    }
  }

  const lab = opener ?? parent

  addEventListener("message", async (event) => {
    if (event.origin !== pageOrigin || event.source !== lab) return
    const started = performance.now()
    const report = await send(event.data)
    event.ports[0]?.postMessage({ ...report, elapsed: performance.now() - started })
  })
  if (opener) lab.postMessage("ready", pageOrigin)
}
