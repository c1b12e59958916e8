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

  /** @param {any} request as run.js describes it */
  const send = async (request) => {
    const response = await fetch(request.url, {
      method: request.method,
      mode: request.mode,
      credentials: request.credentials,
      redirect: request.redirect,
      headers: request.headers,
      body: bodyOf(request.body),
      signal: AbortSignal.timeout(LONGEST_REQUEST),
    })
    const body = (await response.text()).slice(0, KEPT_BODY)
    return { type: response.type, status: response.status, headers: [...response.headers], body, error: "" }
  }

  /** @param {any} request */
  const attempt = async (request) => {
    const started = performance.now()
    const result = await send(request).catch((error) => ({
      type: "error", status: 0, headers: [], body: "", error: `${error.name}: ${error.message}`,
    }))
    return { ...result, elapsed: performance.now() - started }
  }

  addEventListener("message", async (event) => {
    if (event.origin !== pageOrigin || event.source !== parent) return
    event.ports[0]?.postMessage(await attempt(event.data))
  })
}
