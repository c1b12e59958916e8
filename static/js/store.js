/**
 * The learner's progress, stored in the browser so that it survives the lab's restarts.
 * All pages share one key, and see each other's changes at once.
 */

import { add, isSolved, merge, nothing, read, write } from "./progress.js"

const KEY = "corslab.progress"
const SOON = 200 // ms

/** @typedef {import("./progress.js").Progress} Progress */

export class ProgressStore {
  progress = nothing()
  /**
   * @type {"here" | "nowhere" | "newer"} where it is stored; if "newer", a newer corslab
   * has stored its own, which must not be overwritten
   */
  where = "here"
  #changed
  #known
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #rewriting

  /**
   * @param {() => void} changed is called when the progress has changed
   * @param {Iterable<string>} known ids of this lab's scenarios, which stay if there is no room for all
   */
  constructor(changed, known = []) {
    this.#changed = changed
    this.#known = new Set(known)
    this.#read()
    addEventListener("storage", (event) => {
      if (event.key === KEY || event.key === null) this.#follow(event.newValue)
    })
    addEventListener("pageshow", (event) => {
      if (event.persisted) this.#change((progress) => progress)
    })
  }

  /** @param {string} id of the scenario that is solved */
  solve(id) {
    this.#note(id, "solved")
  }

  /** @param {string} id of the scenario whose solution is shown */
  show(id) {
    if (!isSolved(this.progress, id)) this.#note(id, "shown")
  }

  /**
   * @param {Progress} file its generation is ignored
   * @returns {number} how many scenarios of the file there was no room for
   */
  add(file) {
    let ignored = 0
    this.#change((before) => {
      const added = add(before, file, this.#known, new Date().toISOString())
      ignored = added.ignored
      return added.progress
    })
    return ignored
  }

  /**
   * @param {string} text of a file
   * @returns {import("./progress.js").Reading}
   */
  read(text) {
    return read(text, this.#known)
  }

  reset() {
    this.#change(({ generation }) => nothing(generation + 1))
  }

  /**
   * @param {string} id
   * @param {"shown" | "solved"} what
   */
  #note(id, what) {
    const now = new Date().toISOString()
    this.#known.add(id) // it belongs to this page
    this.#change((progress) => merge(progress, { ...progress, scenarios: new Map([[id, { [what]: now }]]) }, this.#known))
  }

  /**
   * @param {(progress: Progress) => Progress} change of the stored progress, whichever
   * page stored it
   */
  #change(change) {
    this.#read()
    this.progress = change(this.progress)
    this.#write()
    this.#changed()
  }

  #read() {
    try {
      this.#take(localStorage.getItem(KEY))
    } catch {
      this.where = "nowhere"
    }
  }

  /** @param {string | null} text */
  #take(text) {
    const { progress, newer } = read(text ?? "", this.#known)
    this.where = newer ? "newer" : "here"
    if (progress) this.progress = merge(this.progress, progress, this.#known)
  }

  /**
   * Handles a change that another page stored. If two pages write at once, one can
   * overwrite the other's change. So each page writes again what is missing, after a
   * random delay, so that not all of them do.
   * @param {string | null} text
   */
  #follow(text) {
    if (text === null) this.progress = nothing()
    this.#take(text)
    this.#changed()
    clearTimeout(this.#rewriting)
    if (!read(text ?? "").progress) return
    this.#rewriting = setTimeout(() => this.#change((progress) => progress), SOON + Math.random() * SOON)
  }

  #write() {
    if (this.where === "newer") return
    const text = write(this.progress)
    try {
      if (localStorage.getItem(KEY) !== text) localStorage.setItem(KEY, text)
      this.where = "here"
    } catch {
      this.where = "nowhere"
    }
  }
}
