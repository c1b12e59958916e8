/** Has the runner's frame send a request, and brings back what the script got. */

const LONGEST_RUN = 40_000 // ms; the runner itself gives up before

/**
 * @typedef {{ url: string, method: string, mode: string, credentials: string, redirect: string,
 *   headers: [string, string][], body: { kind: string, text?: string, form?: string[][] } }} RunRequest
 * @typedef {{ type: string, status: number, headers: string[][], body: string, error: string, elapsed: number }} Report
 */

/**
 * @param {string} frameID
 * @param {RunRequest} request
 * @returns {Promise<Report>} also where the request failed: a blocked request is a result
 */
export async function sendFrom(frameID, request) {
  const frame = document.getElementById(frameID)
  if (!(frame instanceof HTMLIFrameElement)) throw new Error("the page has no runner")
  const { port1, port2 } = new MessageChannel()
  const report = new Promise((resolve, reject) => {
    port1.onmessage = (event) => resolve(event.data)
    setTimeout(() => reject(new Error("the runner does not answer")), LONGEST_RUN)
  })
  // A sandboxed frame's origin is null, which cannot be named as a target.
  const target = frame.hasAttribute("sandbox") ? "*" : new URL(frame.src).origin
  frame.contentWindow?.postMessage(request, target, [port2])
  return report
}
