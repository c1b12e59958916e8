/** Requests that a page makes with an element, and what it learns about them. */

{
  const LONGEST_FORM = 12_000 // ms; a response can be delayed by 10 s, and one with status 204 loads nothing

  /** @param {RunRequest} request */
  const byImage = async (request) => {
    const image = new Image()
    if (!(await loadElement(image, request))) return runnerReport.event("the image")
    return runnerReport.loaded(request, { body: `${image.width} × ${image.height} pixels` })
  }

  /**
   * Draws the image and reads a pixel back.
   * @param {RunRequest} request
   */
  const byCanvas = async (request) => {
    const image = new Image()
    if (!(await loadElement(image, request))) return runnerReport.event("the image")
    const canvas = /** @type {CanvasRenderingContext2D} */ (document.createElement("canvas").getContext("2d"))
    canvas.drawImage(image, 0, 0)
    try {
      return runnerReport.of("cors", { body: `the first pixel is rgba(${[...canvas.getImageData(0, 0, 1, 1).data].join(", ")})` })
    } catch (error) {
      const { name, message } = /** @type {Error} */ (error)
      return runnerReport.of("opaque", { error: `${name}: ${message}` })
    }
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
   * Returns a form whose response loads into a frame, so that the runner stays.
   * @param {RunRequest} request
   * @param {string} target
   */
  const formOf = (request, target) => {
    const form = document.createElement("form")
    form.method = request.options.method ?? "GET"
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
        if (!isBlank(frame)) resolve(undefined) // the response's document can't be accessed
      })
      setTimeout(resolve, LONGEST_FORM)
      HTMLFormElement.prototype.submit.call(form) // a field may be named submit
    })
    frame.remove()
    form.remove()
    return runnerReport.of("opaque", {})
  }

  Object.assign(runnerKinds, { img: byImage, canvas: byCanvas, font: byFont, form: byForm })
}
