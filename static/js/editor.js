/**
 * Brings edits to the server one at a time. While one is on its way, later
 * ones wait and go together, so that no answer overwrites a newer edit; and
 * while somebody types, they wait for a pause.
 */

import { readAttempt } from "./attempt.js"

const PAUSE = 150 // ms

export class Editor {
  /** @type {(attempt: import("./attempt.js").Attempt) => Promise<unknown>} */
  #handOver
  /** @type {Promise<void> | null} */
  #underWay = null
  #waiting = false
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #timer

  /** @param {(attempt: import("./attempt.js").Attempt) => Promise<unknown>} handOver */
  constructor(handOver) {
    this.#handOver = handOver
  }

  /** Whether there are edits that the server has not been told of. */
  get waiting() {
    return this.#waiting
  }

  /** Says that a control has changed. */
  changed() {
    this.#waiting = true
    clearTimeout(this.#timer)
    this.#timer = setTimeout(() => void this.settled(), PAUSE)
  }

  /** Resolves when the server has every edit. */
  async settled() {
    clearTimeout(this.#timer)
    if (this.#waiting) this.#underWay ??= this.#bring()
    await this.#underWay
  }

  async #bring() {
    try {
      while (this.#waiting) {
        this.#waiting = false
        await this.#handOver(readAttempt())
      }
    } catch {
      // The server is away; the journal's socket hands everything over when it is back.
    } finally {
      this.#underWay = null
    }
  }
}
