/**
 * Brings edits to the server one at a time. While one is on its way, later
 * ones wait and go together, so that no answer overwrites a newer edit.
 */

import { readAttempt } from "./attempt.js"

export class Editor {
  /** @type {(attempt: import("./attempt.js").Attempt) => Promise<unknown>} */
  #handOver
  /** @type {Promise<void> | null} */
  #underWay = null
  #waiting = false

  /** @param {(attempt: import("./attempt.js").Attempt) => Promise<unknown>} handOver */
  constructor(handOver) {
    this.#handOver = handOver
  }

  /** Says that a control has changed. */
  changed() {
    this.#waiting = true
    this.#underWay ??= this.#bring()
  }

  /** Resolves when the server has every edit. */
  async settled() {
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
