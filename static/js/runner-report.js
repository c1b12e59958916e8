/** What a runner reports, and the kinds of request that its document can make. */

/**
 * @typedef {import("./run.js").RunRequest} RunRequest
 * @typedef {Omit<import("./run.js").Report, "elapsed">} RunnerReport
 */

const runnerReport = (() => {
  const LONGEST_REQUEST = 30_000 // ms
  const LONGEST_BODY = 8_192 // characters
  const NOTHING = { status: 0, headers: [], body: "", error: "", failed: "" }

  /**
   * @param {string} type of the response
   * @param {Partial<RunnerReport>} seen
   * @returns {RunnerReport}
   */
  const of = (type, seen) => ({ ...NOTHING, ...seen, type, body: (seen.body ?? "").slice(0, LONGEST_BODY) })

  /**
   * @param {string} what failed: "fetch" for the request, "body" for reading the body, "time" if this runner gave up
   * @param {string} error what the page learns
   */
  const failure = (what, error) => of("error", { failed: what, error })

  /**
   * @param {string} what
   * @param {Error} error
   */
  const exception = (what, error) => failure(error.name === "TimeoutError" ? "time" : what, `${error.name}: ${error.message}`)

  /**
   * Reports an event, which says less than an exception.
   * @param {string} who the object that fired it
   */
  const event = (who) => failure("fetch", `${who} fired error; nothing says why`)

  /**
   * The page can read what was loaded with CORS. It can only use what was loaded
   * without.
   * @param {RunRequest} request
   * @param {Partial<RunnerReport>} seen
   */
  const loaded = (request, seen) => of(request.kind === "module" || request.options.crossOrigin ? "cors" : "opaque", seen)

  /** @returns {Promise<RunnerReport>} */
  const late = () => new Promise((resolve) => setTimeout(() => resolve(failure("time", "no response came in time")), LONGEST_REQUEST))

  return { of, failure, exception, event, loaded, late, LONGEST_REQUEST }
})()

/**
 * The kinds of request that this document can make. Each of its scripts adds some.
 * @type {Record<string, (request: RunRequest) => Promise<RunnerReport>>}
 */
const runnerKinds = {}

/**
 * @param {HTMLImageElement | HTMLScriptElement} element
 * @param {RunRequest} request
 * @returns {Promise<boolean>} whether it loaded; to load, a script must be in the document
 */
const loadElement = (element, request) =>
  new Promise((resolve) => {
    element.onload = () => resolve(true)
    element.onerror = () => resolve(false)
    Object.assign(element, request.options)
    element.src = request.url
  })
