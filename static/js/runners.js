/** The documents from which requests are sent: frames of this page, and windows. */

/**
 * @typedef {{ document: Window, origin: string }} Runner origin: to which it may be told
 */

const LONGEST_LOAD = 15_000 // ms

/**
 * @param {string} caller
 * @returns {Promise<Runner>}
 */
export async function frameOf(caller) {
  const frame = frameElement(caller)
  await loaded()
  await loading.get(frame)
  // A sandboxed frame's origin is null, which cannot be named as a target.
  const origin = frame.hasAttribute("sandbox") ? "*" : new URL(frame.src).origin
  return { document: /** @type {Window} */ (frame.contentWindow), origin }
}

/** @param {string} caller */
function frameElement(caller) {
  const frame = document.getElementById(`runner-${caller}`)
  if (!(frame instanceof HTMLIFrameElement)) throw new Error("The page has no runner.")
  return frame
}

/** Resolves when the page's frames are there: before, the runner cannot listen. */
async function loaded() {
  if (document.readyState === "complete") return
  await new Promise((resolve) => addEventListener("load", resolve, { once: true }))
}

/** Frames that came later, as in the sandbox, until they are there. @type {WeakMap<Node, Promise<void>>} */
const loading = new WeakMap()

/** Follows which frames are put into the page, or moved in it, which loads them again. */
export function followFrames() {
  const runners = document.getElementById("runners")
  if (!runners) return
  new MutationObserver((changes) => {
    for (const frame of changes.flatMap((change) => [...change.addedNodes])) {
      loading.set(frame, new Promise((there) => frame.addEventListener("load", () => there(), { once: true })))
    }
  }).observe(runners, { childList: true })
}

/** @type {Map<string, Promise<Runner>>} by caller */
const windows = new Map()

/** Opens the windows that the scenario needs. A browser lets a page do so only right after a click or a key. */
export function openWindows() {
  for (const frame of document.querySelectorAll("iframe[data-window]")) {
    if (frame instanceof HTMLIFrameElement) openWindow(frame.id.replace("runner-", ""), frame.src)
  }
}

/**
 * @param {string} caller
 * @param {string} url
 */
function openWindow(caller, url) {
  const opened = window.open(url, `corslab-${caller}`, "popup,width=480,height=240")
  windows.set(caller, opened ? ready({ document: opened, origin: new URL(url).origin }) : refused())
}

const refused = () => {
  const refusal = Promise.reject(new Error("The browser did not let the lab open a window. Allow pop-ups for this page and press Send again."))
  refusal.catch(() => {})
  return refusal
}

/**
 * @param {string} caller
 * @returns {Promise<Runner>}
 */
export function windowOf(caller) {
  return windows.get(caller) ?? refused()
}

/**
 * Waits until the runner in a window listens.
 * @param {Runner} runner
 * @returns {Promise<Runner>}
 */
function ready(runner) {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => finish(() => reject(new Error("The window of the runner does not load."))), LONGEST_LOAD)
    /** @param {MessageEvent} event */
    const hear = (event) => {
      if (event.source === runner.document && event.origin === runner.origin) finish(() => resolve(runner))
    }
    /** @param {() => void} how */
    const finish = (how) => {
      clearTimeout(timer)
      removeEventListener("message", hear)
      how()
    }
    addEventListener("message", hear)
  })
}

/** Closes the windows again. */
export async function closeWindows() {
  for (const opened of windows.values()) opened.then((runner) => runner.document.close(), () => {})
  windows.clear()
}
