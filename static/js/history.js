/** The runs on the page: compares two of them, or returns to the settings of one. */

import { place } from "./fragments.js"
import { go } from "./marks.js"
import { say, tell, tellError } from "./notice.js"

/** @typedef {import("./session.js").Compared} Compared */

export class RunHistory {
  #session
  #editor
  /** @type {HTMLInputElement[]} the ticked boxes, at most two, the older tick first */
  #ticked = []

  /**
   * @param {import("./session.js").Session} session
   * @param {import("./editor.js").Editor} editor
   */
  constructor(session, editor) {
    this.#session = session
    this.#editor = editor
    document.getElementById("history-runs")?.addEventListener("input", (event) => {
      event.stopPropagation() // it isn't a change of the attempt
      if (event.target instanceof HTMLInputElement) this.#follow(event.target).catch(tellError)
    })
  }

  /**
   * Puts a run's settings in force.
   * @param {string} id of the run
   */
  async back(id) {
    const { run, attempt } = runOf(id)
    const update = await this.#editor.replace(attempt)
    if (!update.ok) return
    go(document.getElementById("policy"))
    say(`Back to run ${run}: what it was made with is in force again.`)
  }

  /**
   * Handles a tick or its removal. A third tick clears the oldest.
   * @param {HTMLInputElement} box
   */
  async #follow(box) {
    this.#ticked = this.#ticked.filter((ticked) => ticked !== box && ticked.isConnected)
    if (box.checked) this.#ticked.push(box)
    const cleared = this.#ticked.length > 2 ? this.#ticked.shift() : undefined
    if (cleared) cleared.checked = false
    const runs = this.#ticked.map((ticked) => runOf(ticked.dataset.pick ?? "")).sort((a, b) => a.run - b.run)
    const said = cleared ? `Run ${runOf(cleared.dataset.pick ?? "").run} is no longer ticked. ` : ""
    sayTicked(said + inWords(runs))
    await this.#compare(runs)
  }

  /** @param {Compared[]} runs the older one first */
  async #compare(runs) {
    const [before, after] = runs
    const ticked = this.#ticked
    if (!before || !after) return document.getElementById("comparison")?.replaceChildren()
    const update = await this.#session.compare(before, after)
    if (ticked !== this.#ticked) return // a newer comparison is on its way
    tell(update.error ?? "")
    if (update.html) place(update.html)
    fill()
  }
}

/**
 * @param {string} id
 * @returns {Compared}
 */
function runOf(id) {
  const item = document.getElementById(id)
  return { run: Number(item?.dataset.run), attempt: JSON.parse(item?.dataset.attempt ?? "null") }
}

/** Copies the results of both runs into the comparison. */
function fill() {
  for (const side of document.querySelectorAll("#comparison [data-facts-of]")) {
    const run = document.getElementById(side.getAttribute("data-facts-of") ?? "")
    for (const part of run?.querySelectorAll(".run__result, .run__facts") ?? []) side.append(part.cloneNode(true))
  }
}

/** @param {Compared[]} runs that are ticked */
function inWords(runs) {
  const [before, after] = runs
  if (!before) return ""
  if (!after) return `Run ${before.run} is ticked. Tick another one to compare it with.`
  return `Runs ${before.run} and ${after.run} stand side by side.`
}

/** @param {string} text */
function sayTicked(text) {
  const ticked = document.getElementById("history-picked")
  if (ticked) ticked.textContent = text
}
