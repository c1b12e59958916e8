/** One press of Send: a run, from the button to what the script got. */

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

  /** Sends, unless a run is under way. The outcome comes over the socket. */
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
    markBusy(this.#busy)
  }

  /** @param {boolean} busy */
  #setBusy(busy) {
    this.#busy = busy
    this.showBusy()
  }
}

/** From the first press of Send on, what is announced is news. */
function unmute() {
  document.getElementById("announcer")?.setAttribute("aria-live", "polite")
}

/** @param {boolean} busy whether Send does nothing at the moment */
export function markBusy(busy) {
  document.querySelector("[data-action=send]")?.setAttribute("aria-disabled", String(busy))
}

/**
 * Brings what shows the run into view where it is out of it, as on a phone.
 * @param {HTMLElement | null} drawing
 */
function show(drawing) {
  if (drawing && matchMedia("(max-width: 64rem)").matches && drawing.getBoundingClientRect().top + 150 > innerHeight) drawing.scrollIntoView({ block: "center" })
}

const LATE = 120 // ms

/** What shows the result of a run, and in which attribute. */
const RESULTS = [["outcome", "data-outcome"], ["verdict", "data-cause"], ["goal", "data-solved"]]

/**
 * Takes the results of the last run back until those of this one are there. One
 * sees it only of a run that takes a while: a quick one need not flicker.
 * @param {number} [late] milliseconds until one sees it
 * @returns {{ end: () => void, undo: () => void }} undo puts them back, where the run came to nothing
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

/** Shows that a run is under way: what there is of the last one is old. */
function showRunning() {
  show(document.getElementById("sequence"))
  for (const [id] of RESULTS) {
    const element = document.getElementById(id)
    if (element?.dataset.state !== "running") continue // its result has come
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
 * @param {string | null} value null takes it away
 */
function set(element, attribute, value) {
  if (value === null) element.removeAttribute(attribute)
  else element.setAttribute(attribute, value)
}
