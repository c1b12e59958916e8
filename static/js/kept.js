/**
 * The learner's progress, in the browser: it survives the lab's restarts. All
 * pages keep it under one key, and what one writes the others see at once.
 */

import { add, isSolved, merge, nothing, read, write } from "./progress.js"

const KEY = "corslab.progress"
const SOON = 200 // ms

/** @typedef {import("./progress.js").Progress} Progress */

export class Kept {
  progress = nothing()
  /** @type {"here" | "nowhere" | "newer"} where it is kept; "newer" leaves alone what a newer corslab keeps */
  where = "here"
  #changed
  #known
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #puttingBack

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
   * @param {Progress} file whose generation doesn't count here
   * @returns {number} how many scenarios of the file there was no room for
   */
  add(file) {
    let ignored = 0
    this.#change((kept) => {
      const added = add(kept, file, this.#known, new Date().toISOString())
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

  /** @param {(progress: Progress) => Progress} change of what is kept now, by whichever page */
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
   * Follows what another page has written. Two that write at once can miss each
   * other; then one puts back what the other's text lacks, each at another time,
   * so that not all do.
   * @param {string | null} text
   */
  #follow(text) {
    if (text === null) this.progress = nothing()
    this.#take(text)
    this.#changed()
    clearTimeout(this.#puttingBack)
    if (!read(text ?? "").progress) return
    this.#puttingBack = setTimeout(() => this.#change((progress) => progress), SOON + Math.random() * SOON)
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
