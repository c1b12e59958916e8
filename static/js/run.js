/** Has the runner's frame send a request, and brings back what the script got. */

const LONGEST_RUN = 40_000 // ms; the runner itself gives up before

/**
 * @typedef {{ url: string, method: string, mode: string, credentials: string, redirect: string,
 *   headers: [string, string][], body: { kind: string, text?: string, form?: string[][] } }} RunRequest
 * @typedef {{ type: string, status: number, headers: string[][], body: string, error: string, failed: string,
 *   elapsed: number }} Report
 */

/**
 * @param {string} frameID
 * @param {RunRequest} request
 * @returns {Promise<Report>} also where the request failed: a blocked request is a result
 */
export async function sendFrom(frameID, request) {
  const frame = document.getElementById(frameID)
  if (!(frame instanceof HTMLIFrameElement)) throw new Error("The page has no runner.")
  await loaded()
  const { port1, port2 } = new MessageChannel()
  // A sandboxed frame's origin is null, which cannot be named as a target.
  const target = frame.hasAttribute("sandbox") ? "*" : new URL(frame.src).origin
  frame.contentWindow?.postMessage(request, target, [port2])
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => finish(() => reject(new Error("The runner does not answer. Reload the page."))), LONGEST_RUN)
    /** @param {() => void} how */
    const finish = (how) => {
      clearTimeout(timer)
      port1.close()
      how()
    }
    port1.onmessage = (event) => finish(() => resolve(event.data))
  })
}

/** Resolves when the page's frames are there: before, the runner cannot listen. */
async function loaded() {
  if (document.readyState === "complete") return
  await new Promise((resolve) => addEventListener("load", resolve, { once: true }))
}
