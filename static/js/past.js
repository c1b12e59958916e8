/** What was set before, step by step, so that each can be undone. */

const MOST = 100 // steps; the oldest go

/** Attempts stand in it as JSON, so that equal ones are equal. */
export class Past {
  /** @type {string[]} the oldest first */
  #steps = []
  /** @type {string | undefined} what is in force */
  #now

  /** Whether anything is in force yet. */
  get begun() {
    return this.#now !== undefined
  }

  /**
   * Follows a change that is in force.
   * @param {string} now
   * @param {string} [left] what stood in the controls, where that was not in force
   */
  follow(now, left) {
    for (const step of new Set(this.#now === undefined ? [] : [this.#now, left ?? this.#now])) {
      if (step !== now) this.#steps.push(step)
    }
    this.#steps.splice(0, this.#steps.length - MOST)
    this.#now = now
  }

  /**
   * @param {string} shown what stands in the controls
   * @returns {string | undefined} where Undo leads; what is shown and not in force goes first
   */
  before(shown) {
    return this.#now !== undefined && shown !== this.#now ? this.#now : this.#steps.at(-1)
  }

  /**
   * Follows an undoing.
   * @param {string} to where it led
   * @param {boolean} inForce whether the server took it
   */
  undid(to, inForce) {
    if (to !== this.#now) this.#steps.pop()
    if (inForce) this.#now = to
  }
}
