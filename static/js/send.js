/** One press of Send: a run, from the button to what the script got. */

import { tell, tellError } from "./notice.js"
import { sendFrom } from "./run.js"

export class Sender {
  #session
  #editor
  #busy = false

  /**
   * @param {import("./session.js").Session} session
   * @param {import("./editor.js").Editor} editor
   */
  constructor(session, editor) {
    this.#session = session
    this.#editor = editor
  }

  /** Sends, unless a run is under way. The outcome comes over the socket. */
  async send() {
    if (this.#busy) return
    this.#setBusy(true)
    const unmark = markRunning()
    try {
      await this.#editor.settled()
      const { run, request } = await this.#start()
      await this.#session.settle(run, await sendFrom("runner", request))
      tell("")
    } catch (error) {
      unmark()
      tellError(error)
    } finally {
      this.#setBusy(false)
    }
  }

  /** Opens a run; a server that has forgotten the session gets it again. */
  async #start() {
    const first = await this.#session.start()
    if (first) return first
    await this.#editor.restore()
    const second = await this.#session.start()
    if (second) return second
    throw new Error("The lab does not know this page's session. Reload the page.")
  }

  /** Shows on the button whether a run is under way. */
  showBusy() {
    document.querySelector("[data-action=send]")?.setAttribute("aria-disabled", String(this.#busy))
  }

  /** @param {boolean} busy */
  #setBusy(busy) {
    this.#busy = busy
    this.showBusy()
  }
}

/**
 * Brings the outcome into view where it is out of it, as on a phone.
 * @param {HTMLElement | null} outcome
 */
function show(outcome) {
  if (outcome && outcome.getBoundingClientRect().top + 150 > innerHeight) outcome.scrollIntoView({ block: "center" })
}

/**
 * Takes the results of the last run back until those of this one are there.
 * @returns {() => void} puts them back, where this run came to nothing
 */
function markRunning() {
  const outcome = document.getElementById("outcome")
  const goal = document.getElementById("goal")
  const before = outcome?.dataset.outcome
  const solved = goal?.hasAttribute("data-solved")
  outcome?.removeAttribute("data-outcome")
  outcome?.setAttribute("data-state", "running")
  show(outcome)
  goal?.removeAttribute("data-solved")
  return () => {
    outcome?.removeAttribute("data-state")
    if (before !== undefined) outcome?.setAttribute("data-outcome", before)
    if (solved) goal?.setAttribute("data-solved", "true")
  }
}
