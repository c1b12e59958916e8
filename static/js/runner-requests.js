/** Requests that a script makes, and what it learns about the responses. */

{
  const LONGEST_BEACON = 3_000 // ms

  /** @param {RunRequest} request */
  const bodyOf = ({ body, stream }) => {
    if (stream) return new Blob([body.text ?? ""]).stream()
    if (body.kind === "text") return body.text
    if (body.kind === "form") return new URLSearchParams(body.form)
    if (body.kind === "json-blob") return new Blob([body.text ?? ""], { type: "application/json" })
    return undefined
  }

  /** @param {RunRequest} request */
  const optionsOf = (request) => /** @type {RequestInit} */ ({
    ...request.options,
    headers: new Headers(request.headers),
    body: bodyOf(request),
    signal: AbortSignal.timeout(runnerReport.LONGEST_REQUEST),
    ...(request.stream ? { duplex: "half" } : {}),
  })

  /** @param {RunRequest} request */
  const byFetch = async (request) => {
    let response
    try {
      response = await fetch(request.url, optionsOf(request))
    } catch (error) {
      return runnerReport.exception("fetch", /** @type {Error} */ (error))
    }
    try {
      return runnerReport.of(response.type, { status: response.status, headers: [...response.headers], body: await response.text() })
    } catch (error) {
      return runnerReport.exception("body", /** @type {Error} */ (error))
    }
  }

  /** @param {XMLHttpRequest} xhr */
  const headersOf = (xhr) =>
    xhr.getAllResponseHeaders().split("\r\n").filter(Boolean).map((line) => {
      const colon = line.indexOf(":")
      return [line.slice(0, colon), line.slice(colon + 1).trim()]
    })

  /**
   * @param {RunRequest} request
   * @returns {Promise<RunnerReport>}
   */
  const byXHR = (request) =>
    new Promise((resolve) => {
      const xhr = new XMLHttpRequest()
      let failed = "fetch"
      xhr.open(request.options.method ?? "GET", request.url)
      xhr.withCredentials = request.options.credentials === "include"
      for (const [name, value] of request.headers) xhr.setRequestHeader(name, value)
      if (request.upload_listener) xhr.upload.onprogress = () => {}
      xhr.onreadystatechange = () => {
        if (xhr.readyState === xhr.HEADERS_RECEIVED) failed = "body"
      }
      xhr.onload = () => resolve(runnerReport.of("cors", { status: xhr.status, headers: headersOf(xhr), body: xhr.responseText }))
      xhr.onerror = () => resolve({ ...runnerReport.event("the XMLHttpRequest"), failed })
      xhr.send(/** @type {XMLHttpRequestBodyInit | undefined} */ (bodyOf(request)))
    })

  /**
   * @param {RunRequest} request
   * @returns {Promise<RunnerReport>}
   */
  const byEventSource = (request) =>
    new Promise((resolve) => {
      const events = new EventSource(request.url, { withCredentials: request.options.credentials === "include" })
      /** @param {RunnerReport} report */
      const end = (report) => {
        events.close() // otherwise it would reconnect
        resolve(report)
      }
      events.onmessage = (event) => end(runnerReport.of("cors", { body: event.data }))
      events.onerror = () => end(runnerReport.event("the EventSource"))
    })

  /**
   * Resolves when a request of this document has ended, or when this runner stops
   * waiting. A beacon itself doesn't report its end.
   * @param {string} url
   */
  const settled = (url) =>
    new Promise((resolve) => {
      const observer = new PerformanceObserver((list) => {
        if (list.getEntriesByName(url).length > 0) resolve(undefined)
      })
      observer.observe({ type: "resource" })
      setTimeout(resolve, LONGEST_BEACON)
    })

  /** @param {RunRequest} request */
  const byBeacon = async (request) => {
    const over = settled(request.url)
    if (!navigator.sendBeacon(request.url, /** @type {XMLHttpRequestBodyInit | undefined} */ (bodyOf(request)))) {
      return runnerReport.failure("fetch", "sendBeacon() returned false")
    }
    await over
    return runnerReport.of("opaque", { body: "sendBeacon() returned true" })
  }

  Object.assign(runnerKinds, { fetch: byFetch, xhr: byXHR, eventsource: byEventSource, beacon: byBeacon })
}
