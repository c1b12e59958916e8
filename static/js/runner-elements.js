/** What a page loads with an element, and what it is told of it. */

const elementKinds = (() => {
  const LONGEST_FORM = 12_000 // ms; an answer can wait for 10 s, and one with status 204 loads nothing

  /**
   * What is loaded with CORS belongs to the page; else it can be used and not read.
   * @param {RunRequest} request
   * @param {Partial<RunnerReport>} seen
   */
  const loaded = (request, seen) =>
    runnerReport.of(request.kind === "module" || request.crossorigin !== "none" ? "cors" : "opaque", seen)

  /**
   * @param {HTMLImageElement | HTMLScriptElement} element
   * @param {RunRequest} request
   * @returns {Promise<boolean>} whether it loaded
   */
  const load = (element, request) =>
    new Promise((resolve) => {
      element.onload = () => resolve(true)
      element.onerror = () => resolve(false)
      if (request.crossorigin !== "none") element.crossOrigin = request.crossorigin
      element.src = request.url
      if (element instanceof HTMLScriptElement) document.head.append(element)
    })

  /** @param {RunRequest} request */
  const byImage = async (request) => {
    const image = new Image()
    if (!(await load(image, request))) return runnerReport.event("the image")
    return loaded(request, { body: `${image.width} × ${image.height} pixels` })
  }

  /**
   * Draws the image and reads a pixel back.
   * @param {RunRequest} request
   */
  const byCanvas = async (request) => {
    const image = new Image()
    if (!(await load(image, request))) return runnerReport.event("the image")
    const canvas = /** @type {CanvasRenderingContext2D} */ (document.createElement("canvas").getContext("2d"))
    canvas.drawImage(image, 0, 0)
    try {
      return runnerReport.of("cors", { body: `the first pixel is rgba(${[...canvas.getImageData(0, 0, 1, 1).data].join(", ")})` })
    } catch (error) {
      const { name, message } = /** @type {Error} */ (error)
      return runnerReport.of("opaque", { error: `${name}: ${message}` })
    }
  }

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
    const came = await load(script, request)
    told.abort()
    script.remove()
    if (!came) return runnerReport.event("the script")
    const left = /** @type {any} */ (globalThis).corslab
    return loaded(request, { body: [`${left ?? "it left nothing behind"}`, ...errors].join("\n") })
  }

  /** @param {RunRequest} request */
  const byFont = async (request) => {
    const font = new FontFace("corslab", `url(${JSON.stringify(request.url)})`)
    try {
      await font.load()
    } catch (error) {
      return runnerReport.exception("fetch", /** @type {Error} */ (error))
    }
    return runnerReport.of("cors", { body: `the font is ${font.status}` })
  }

  /**
   * A form whose answer comes into a frame, so that the runner stays.
   * @param {RunRequest} request
   * @param {string} target
   */
  const formOf = (request, target) => {
    const form = document.createElement("form")
    form.method = request.method
    form.action = request.url
    form.target = target
    form.hidden = true
    for (const [name, value] of request.body.form ?? []) {
      const field = document.createElement("input")
      field.name = name
      field.value = value
      form.append(field)
    }
    return form
  }

  /** @param {HTMLIFrameElement} frame */
  const isBlank = (frame) => frame.contentDocument?.location.href === "about:blank"

  /** @param {RunRequest} request */
  const byForm = async (request) => {
    const frame = document.createElement("iframe")
    frame.name = "answer"
    frame.hidden = true
    const form = formOf(request, frame.name)
    document.body.append(frame, form)
    await new Promise((resolve) => {
      frame.addEventListener("load", () => {
        if (!isBlank(frame)) resolve(undefined) // the answer's document is out of reach
      })
      setTimeout(resolve, LONGEST_FORM)
      HTMLFormElement.prototype.submit.call(form) // a field may be named submit
    })
    frame.remove()
    form.remove()
    return runnerReport.of("opaque", {})
  }

  return { img: byImage, canvas: byCanvas, script: byScript, module: byScript, font: byFont, form: byForm }
})()
