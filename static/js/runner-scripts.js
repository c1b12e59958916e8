/**
 * Loads scripts from the API. Only the runner that does nothing else has this
 * file, and only its Content-Security-Policy lists the API.
 */

{
  // A script's address is a plain text here, as in the code that the page
  // shows; from where it may come is the Content-Security-Policy's affair.
  const { trustedTypes } = /** @type {any} */ (globalThis)
  trustedTypes?.createPolicy("default", { createScriptURL: (/** @type {string} */ url) => url })

  /**
   * Runs a script from elsewhere, and hears what of its errors the page is told.
   * @param {RunRequest} request
   */
  const byScript = async (request) => {
    const script = document.createElement("script")
    if (request.kind === "module") script.type = "module"
    const told = new AbortController()
    /** @type {string[]} */
    const errors = []
    addEventListener("error", (event) => errors.push(`window.onerror was told: ${event.message}`), { signal: told.signal })
    const loading = loadElement(script, request)
    document.head.append(script)
    const came = await loading
    told.abort()
    script.remove()
    if (!came) return runnerReport.event("the script")
    const left = /** @type {any} */ (globalThis).corslab
    return runnerReport.loaded(request, { body: [`${left ?? "it left nothing behind"}`, ...errors].join("\n") })
  }

  Object.assign(runnerKinds, { script: byScript, module: byScript })
}
