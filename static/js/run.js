/** Has a runner send a request, and returns what its script got. */

import { frameOf, windowOf } from "./runners.js"

const LONGEST_RUN = 40_000 // ms; the runner gives up earlier

/**
 * @typedef {{ kind: string, url: string, options: Record<string, string>, headers: [string, string][],
 *   body: { kind: string, text?: string, form?: [string, string][] }, stream: boolean, upload_listener: boolean }} RunRequest
 * @typedef {{ type: string, status: number, headers: string[][], body: string, error: string, failed: string,
 *   elapsed: number }} Report
 */

/**
 * @param {import("./session.js").Call} call
 * @returns {Promise<Report>} if the request failed too, because a blocked request is a result
 */
export async function perform(call) {
  const runner = call.in === "window" ? await windowOf(call.runner) : await frameOf(call.runner)
  const { port1, port2 } = new MessageChannel()
  runner.document.postMessage(call.request, runner.origin, [port2])
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
