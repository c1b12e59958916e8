/** The runs that the page holds: any two side by side, and back to what one was made with. */

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
      event.stopPropagation() // it is no change of the attempt
      if (event.target instanceof HTMLInputElement) this.#follow(event.target).catch(tellError)
    })
  }

  /**
   * Puts in force what a run was made with.
   * @param {string} id of the run
   */
  async back(id) {
    const { run, attempt } = runOf(id)
    const answer = await this.#editor.replace(attempt)
    if (!answer.ok) return
    go(document.getElementById("policy"))
    say(`Back to run ${run}: what it was made with is in force again.`)
  }

  /**
   * Follows a box that was ticked or cleared. A third tick clears the oldest.
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
    const answer = await this.#session.compare(before, after)
    if (ticked !== this.#ticked) return // another one is on its way
    tell(answer.error ?? "")
    if (answer.html) place(answer.html)
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

/** Puts into the comparison what the page has of its two runs. */
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
