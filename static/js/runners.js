/** The documents that send requests: frames of this page, and windows. */

/**
 * @typedef {{ document: Window, origin: string }} Runner origin: the target origin for messages
 */

const LONGEST_LOAD = 15_000 // ms

/**
 * @param {string} name of the runner
 * @returns {Promise<Runner>}
 */
export async function frameOf(name) {
  const frame = frameElement(name)
  await loaded()
  await loading.get(frame)
  // A sandboxed frame's origin is null, which can't be a target origin.
  const origin = frame.hasAttribute("sandbox") ? "*" : new URL(frame.src).origin
  return { document: /** @type {Window} */ (frame.contentWindow), origin }
}

/** @param {string} name of the runner */
function frameElement(name) {
  const frame = document.getElementById(`runner-${name}`)
  if (!(frame instanceof HTMLIFrameElement)) throw new Error("The page has no runner.")
  return frame
}

/** Resolves when the page's frames have loaded, because runners can't listen earlier. */
async function loaded() {
  if (document.readyState === "complete") return
  await new Promise((resolve) => addEventListener("load", resolve, { once: true }))
}

/**
 * Frames that were added later, as in the sandbox, until they have loaded.
 * @type {WeakMap<Node, Promise<void>>}
 */
const loading = new WeakMap()

/**
 * Watches for frames that are added to the page, or moved within it, which reloads them.
 */
export function followFrames() {
  const runners = document.getElementById("runners")
  if (!runners) return
  new MutationObserver((changes) => {
    for (const frame of changes.flatMap((change) => [...change.addedNodes])) {
      loading.set(frame, new Promise((there) => frame.addEventListener("load", () => there(), { once: true })))
    }
  }).observe(runners, { childList: true })
}

/**
 * The one window in which callers run, one after the other, because browsers let a page
 * open only one window per click. Holds its document, the URL that it shows, and the
 * runner once that listens.
 * @type {{ document: Window, url: string, runner: Promise<Runner> } | undefined}
 */
let shown

/**
 * Opens a window if the scenario needs one. Browsers allow that only right after a click
 * or a key.
 */
export function openWindow() {
  const frame = document.querySelector("iframe[data-window]")
  if (!(frame instanceof HTMLIFrameElement)) return
  const opened = window.open(frame.src, "corslab-runner", "popup,width=480,height=240")
  shown = opened ? { document: opened, url: frame.src, runner: ready(opened, frame.src) } : undefined
}

/**
 * @param {string} name of the runner
 * @returns {Promise<Runner>}
 */
export async function windowOf(name) {
  const { src } = frameElement(name)
  if (!shown) throw new Error("The browser did not let the lab open a window. Allow pop-ups for this page and press Send again.")
  if (shown.url !== src) {
    shown.document.location.href = src
    shown = { ...shown, url: src, runner: ready(shown.document, src) }
  }
  return shown.runner
}

/**
 * Waits until the runner in a window listens.
 * @param {Window} opened
 * @param {string} url of the runner
 * @returns {Promise<Runner>}
 */
function ready(opened, url) {
  const { origin } = new URL(url)
  /** @type {Promise<Runner>} */
  const listening = new Promise((resolve, reject) => {
    const timer = setTimeout(() => finish(() => reject(new Error("The window of the runner does not load."))), LONGEST_LOAD)
    /** @param {MessageEvent} event */
    const hear = (event) => {
      if (event.source === opened && event.origin === origin) finish(() => resolve({ document: opened, origin }))
    }
    /** @param {() => void} how */
    const finish = (how) => {
      clearTimeout(timer)
      removeEventListener("message", hear)
      how()
    }
    addEventListener("message", hear)
  })
  listening.catch(() => {}) // nobody may be waiting for it
  return listening
}

/** Closes the window. */
export function closeWindow() {
  shown?.document.close()
  shown = undefined
}
