/**
 * Brings to the server what the learner sets, in one queue: no two operations
 * are ever under way at once, none overwrites a newer edit, and while somebody
 * types, edits wait for a pause.
 */

import { readAttempt } from "./attempt.js"
import { forgetPart, placeParts } from "./fragments.js"
import { tellError } from "./notice.js"
import { Past } from "./past.js"

const PAUSE = 150 // ms

/**
 * @typedef {import("./attempt.js").Attempt} Attempt
 * @typedef {import("./session.js").Answer} Answer
 */

export class Editor {
  #session
  #taken
  /** @type {Promise<unknown>} */
  #queue = Promise.resolve()
  /** @type {Attempt | null} the last attempt that the server took; null for the scenario's start */
  #inForce = null
  #past = new Past()
  #touched = false
  #edited = false
  #refused = false
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #timer

  /**
   * @param {import("./session.js").Session} session
   * @param {(answer: Answer, edited: boolean) => void} taken gets each answer after its markup
   *   was placed, and whether the learner's own change caused it
   */
  constructor(session, taken) {
    this.#session = session
    this.#taken = taken
  }

  /** Whether the controls hold what the server did not take. */
  get refused() {
    return this.#refused
  }

  /** Whether anything is in force yet. */
  get begun() {
    return this.#past.begun
  }

  /**
   * Says that a control has changed.
   * @param {EventTarget | null} control
   */
  touch(control) {
    forgetPart(control)
    this.#touched = this.#edited = true
    showPending(true)
    this.#showUndo()
    clearTimeout(this.#timer)
    this.#timer = setTimeout(() => this.settled().catch(tellError), PAUSE)
  }

  /** Resolves when the server has every edit. */
  settled() {
    return this.#after(() => (this.#touched ? this.#bring((attempt) => attempt) : undefined))
  }

  /**
   * Makes a change that needs markup from the server, such as a new row.
   * @param {(attempt: Attempt) => Attempt} change
   */
  change(change) {
    return this.#after(() => this.#bring(change, true))
  }

  /**
   * Puts a whole attempt in force and drops what stands in the controls.
   * @param {Attempt} attempt
   * @returns {Promise<Answer>}
   */
  replace(attempt) {
    return this.#after(async () => this.#instead(await this.#session.put({ attempt }), attempt))
  }

  /**
   * Puts a link's settings in force. A link that can't be read, or doesn't fit,
   * changes nothing; a page that showed nothing yet then shows what is in force.
   * @param {string} link "" for the scenario's start
   * @param {boolean} known whether the learner already knows what the link sets
   * @returns {Promise<Answer>}
   */
  follow(link, known) {
    return this.#after(async () => {
      const answer = await this.#session.put(link ? { link, known } : { attempt: null })
      const left = this.begun ? shown() : undefined
      const arrives = answer.ok || !this.begun
      placeParts(answer)
      if (arrives) this.#arrive(left)
      this.#taken(answer, false)
      return answer
    })
  }

  /** @param {string} [left] what the controls held before */
  #arrive(left) {
    this.#touched = this.#edited = this.#refused = false
    this.#inForce = readAttempt()
    this.#past.follow(shown(), left)
  }

  /** Goes back to the scenario's start. */
  reset() {
    return this.#after(async () => this.#instead((await this.#session.reset()) ?? (await this.#session.put({ attempt: null })), null))
  }

  /**
   * Goes back by one step: first what stands in the controls and is not in
   * force is dropped.
   * @returns {Promise<boolean>} whether there was anything to undo
   */
  undo() {
    return this.#after(async () => {
      const to = this.#past.before(shown())
      if (to === undefined) return false
      const answer = await this.#session.put({ attempt: JSON.parse(to) })
      this.#touched = false
      this.#edited = true
      this.#past.undid(to, answer.ok)
      this.#place(answer, JSON.parse(to))
      return true
    })
  }

  /** Gives the session back to a server that may have forgotten it. */
  restore() {
    return this.#after(async () => {
      await this.#session.put({ attempt: this.#inForce })
      await this.#bring((attempt) => attempt)
    })
  }

  /**
   * @template T
   * @param {() => T | Promise<T>} operation
   * @returns {Promise<T>}
   */
  #after(operation) {
    const result = this.#queue.then(operation)
    this.#queue = result.catch(() => {}).then(() => this.#show())
    return result
  }

  /**
   * Hands the controls over, again where they were touched on the way.
   * @param {(attempt: Attempt) => Attempt} change
   * @param {boolean} [edits] whether the change is the learner's
   */
  async #bring(change, edits = false) {
    if (edits) this.#edited = true
    let attempt, answer
    do {
      this.#touched = false
      attempt = change(readAttempt())
      answer = await this.#put(attempt)
    } while (this.#touched)
    return this.#place(answer, attempt)
  }

  /**
   * Puts an attempt; what does not arrive waits for the next time.
   * @param {Attempt} attempt
   */
  async #put(attempt) {
    try {
      return await this.#session.put({ attempt })
    } catch (error) {
      this.#touched = true
      throw error
    }
  }

  /**
   * Places an attempt instead of all that stands in the controls.
   * @param {Answer} answer
   * @param {Attempt | null} attempt
   */
  #instead(answer, attempt) {
    this.#touched = false
    this.#edited = true
    return this.#place(answer, attempt, shown())
  }

  /**
   * @param {Answer} answer
   * @param {Attempt | null} attempt
   * @param {string} [left] what stood in the controls before
   */
  #place(answer, attempt, left) {
    if (answer.ok) this.#inForce = attempt
    this.#refused = !answer.ok
    placeParts(answer)
    if (answer.ok) this.#past.follow(shown(), left)
    this.#showUndo()
    this.#taken(answer, this.#edited)
    if (answer.ok) this.#edited = false
    return answer
  }

  #show() {
    showPending(this.#touched)
    this.#showUndo()
  }

  #showUndo() {
    document.getElementById("undo")?.setAttribute("aria-disabled", String(this.#past.before(shown()) === undefined))
  }
}

/** What stands in the controls, in force or not. */
const shown = () => JSON.stringify(readAttempt())

/** @param {boolean} pending whether there are edits that the server does not have yet */
function showPending(pending) {
  document.getElementById("policy")?.setAttribute("aria-busy", String(pending))
}
