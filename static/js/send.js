/** One press of Send: a run, from the button to the script's result. */

import { clearFailed, markFailed } from "./failed.js"
import { followSent } from "./link.js"
import { tell, tellError } from "./notice.js"
import { perform } from "./run.js"
import { closeWindow, openWindow } from "./runners.js"

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

  /** Sends, unless a run is in progress. The outcome arrives over the socket. */
  async send() {
    if (this.#busy) return
    this.#setBusy(true)
    unmute()
    const running = markRunning()
    openWindow()
    try {
      await this.#editor.settled()
      /** @type {import("./session.js").Call | null} */
      let call = await this.#start()
      followSent()
      while (call) call = await this.#session.settle(call.run, await perform(call))
      tell("")
    } catch (error) {
      running.undo()
      tellError(error)
    } finally {
      running.end()
      closeWindow()
      this.#setBusy(false)
    }
  }

  /** Starts a run. If the server has forgotten the session, it is restored first. */
  async #start() {
    const first = await this.#session.start()
    if (first) return first
    await this.#editor.restore()
    const second = await this.#session.start()
    if (second) return second
    throw new Error("The lab does not know this page's session. Reload the page.")
  }

  /** Shows on the button whether a run is in progress. */
  showBusy() {
    markBusy(this.#busy)
  }

  /** @param {boolean} busy */
  #setBusy(busy) {
    this.#busy = busy
    this.showBusy()
  }
}

/** Only after the first press of Send are announcements news. */
function unmute() {
  document.getElementById("announcer")?.setAttribute("aria-live", "polite")
}

/** @param {boolean} busy whether Send does nothing at the moment */
export function markBusy(busy) {
  document.querySelector("[data-action=send]")?.setAttribute("aria-disabled", String(busy))
}

/**
 * Scrolls the drawing of the run into view if it is out of view, as on a phone.
 * @param {HTMLElement | null} drawing
 */
function show(drawing) {
  if (drawing && matchMedia("(max-width: 64rem)").matches && drawing.getBoundingClientRect().top + 150 > innerHeight) drawing.scrollIntoView({ block: "center" })
}

const LATE = 120 // ms

/** The elements that show a run's result, and the attributes that hold it. */
const RESULTS = [["outcome", "data-outcome"], ["verdict", "data-cause"], ["goal", "data-solved"]]

/**
 * Clears the results of the last run until those of this one arrive. That becomes
 * visible only if the run takes a while, so that quick runs don't flicker.
 * @param {number} [late] milliseconds until it becomes visible
 * @returns {{ end: () => void, undo: () => void }} undo restores them if the run fails to start
 */
export function markRunning(late = LATE) {
  const back = RESULTS.map(([id, attribute]) => takeBack(document.getElementById(id), attribute))
  const timer = setTimeout(showRunning, late)
  return {
    end: () => clearTimeout(timer),
    undo: () => {
      clearTimeout(timer)
      for (const putBack of back) putBack()
      markFailed()
    },
  }
}

/** Shows that a run is in progress, and that the results are those of the last run. */
function showRunning() {
  show(document.getElementById("sequence"))
  for (const [id] of RESULTS) {
    const element = document.getElementById(id)
    if (element?.dataset.state !== "running") continue // its result has arrived
    element.dataset.late = ""
    if (id === "verdict") clearFailed()
  }
}

/**
 * @param {HTMLElement | null} element
 * @param {string} attribute
 * @returns {() => void}
 */
function takeBack(element, attribute) {
  const state = element?.getAttribute("data-state") ?? null
  const result = element?.getAttribute(attribute) ?? null
  element?.removeAttribute(attribute)
  element?.setAttribute("data-state", "running")
  return () => {
    element?.removeAttribute("data-late")
    if (element) set(element, attribute, result)
    if (element) set(element, "data-state", state)
  }
}

/**
 * @param {HTMLElement} element
 * @param {string} attribute
 * @param {string | null} value null removes it
 */
function set(element, attribute, value) {
  if (value === null) element.removeAttribute(attribute)
  else element.setAttribute(attribute, value)
}
