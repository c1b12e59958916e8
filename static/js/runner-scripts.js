/**
 * Loads scripts from the API. Only the runner that does nothing else loads this
 * file, and only that runner's Content-Security-Policy allows scripts from the API.
 */

{
  // A script's address is a plain string here, as in the code that the page shows. The
  // Content-Security-Policy limits where scripts come from.
  const { trustedTypes } = /** @type {any} */ (globalThis)
  trustedTypes?.createPolicy("default", { createScriptURL: (/** @type {string} */ url) => url })

  /**
   * Runs a script from another origin, and records what the page learns about its
   * errors.
   * @param {RunRequest} request
   */
  const byScript = async (request) => {
    const script = document.createElement("script")
    if (request.kind === "module") script.type = "module"
    const loaded = new AbortController()
    /** @type {string[]} */
    const errors = []
    addEventListener("error", (event) => errors.push(`window.onerror was told: ${event.message}`), { signal: loaded.signal })
    const loading = loadElement(script, request)
    document.head.append(script)
    const came = await loading
    loaded.abort()
    script.remove()
    if (!came) return runnerReport.event("the script")
    const left = /** @type {any} */ (globalThis).corslab
    return runnerReport.loaded(request, { body: [`${left ?? "it left nothing behind"}`, ...errors].join("\n") })
  }

  Object.assign(runnerKinds, { script: byScript, module: byScript })
}
