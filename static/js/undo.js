/** Earlier settings, step by step, so that each change can be undone. */

const MOST = 100 // steps; the oldest are removed

/** Holds attempts as JSON, so that they can be compared. */
export class UndoStack {
  /** @type {string[]} the oldest first */
  #steps = []
  /** @type {string | undefined} the attempt in force */
  #now

  /** Whether any attempt is in force yet. */
  get begun() {
    return this.#now !== undefined
  }

  /**
   * Records a change that is in force.
   * @param {string} now
   * @param {string} [before] what the controls held, if it wasn't in force
   */
  record(now, before) {
    for (const step of new Set(this.#now === undefined ? [] : [this.#now, before ?? this.#now])) {
      if (step !== now) this.#steps.push(step)
    }
    this.#steps.splice(0, this.#steps.length - MOST)
    this.#now = now
  }

  /**
   * @param {string} shown what the controls hold
   * @returns {string | undefined} the attempt that Undo restores; if the controls hold something that isn't in force, that is undone first
   */
  previous(shown) {
    return this.#now !== undefined && shown !== this.#now ? this.#now : this.#steps.at(-1)
  }

  /**
   * Records an undo.
   * @param {string} to the attempt that it restored
   * @param {boolean} inForce whether the server accepted it
   */
  undone(to, inForce) {
    if (to !== this.#now) this.#steps.pop()
    if (inForce) this.#now = to
  }
}
