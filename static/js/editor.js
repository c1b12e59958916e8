/**
 * Sends the learner's edits to the server, in one queue. Operations never overlap, none
 * overwrites a newer edit, and edits wait until the learner pauses typing.
 */

import { readAttempt } from "./attempt.js"
import { forgetPart, placeParts } from "./fragments.js"
import { tellError } from "./notice.js"
import { UndoStack } from "./undo.js"

const PAUSE = 150 // ms

/**
 * @typedef {import("./attempt.js").Attempt} Attempt
 * @typedef {import("./session.js").Update} Update
 */

export class Editor {
  #session
  #onUpdate
  /** @type {Promise<unknown>} */
  #queue = Promise.resolve()
  /**
   * @type {Attempt | null} the last attempt that the server accepted; null for the
   * scenario's start
   */
  #inForce = null
  #undoStack = new UndoStack()
  #touched = false
  #edited = false
  #refused = false
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #timer

  /**
   * @param {import("./session.js").Session} session
   * @param {(update: Update, edited: boolean) => void} onUpdate is called with each update after its markup
   *   was placed, and whether the learner's own change caused it
   */
  constructor(session, onUpdate) {
    this.#session = session
    this.#onUpdate = onUpdate
  }

  /** Whether the server refused what is in the controls. */
  get refused() {
    return this.#refused
  }

  /** Whether any attempt is in force yet. */
  get begun() {
    return this.#undoStack.begun
  }

  /**
   * Handles a change of a control.
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
    return this.#after(() => (this.#touched ? this.#send((attempt) => attempt) : undefined))
  }

  /**
   * Makes a change that needs markup from the server, such as a new row.
   * @param {(attempt: Attempt) => Attempt} change
   */
  change(change) {
    return this.#after(() => this.#send(change, true))
  }

  /**
   * Puts a whole attempt in force and drops the edits in the controls.
   * @param {Attempt} attempt
   * @returns {Promise<Update>}
   */
  replace(attempt) {
    return this.#after(async () => this.#replaceWith(await this.#session.put({ attempt }), attempt))
  }

  /**
   * Puts a link's settings in force. A link that can't be read, or doesn't fit, changes
   * nothing. A page that shows nothing yet then shows what is in force.
   * @param {string} link "" for the scenario's start
   * @param {boolean} known whether the learner already knows what the link sets
   * @returns {Promise<Update>}
   */
  follow(link, known) {
    return this.#after(async () => {
      const update = await this.#session.put(link ? { link, known } : { attempt: null })
      const before = this.begun ? shown() : undefined
      const begins = update.ok || !this.begun
      placeParts(update)
      if (begins) this.#begin(before)
      this.#onUpdate(update, false)
      return update
    })
  }

  /** @param {string} [before] what the controls held before */
  #begin(before) {
    this.#touched = this.#edited = this.#refused = false
    this.#inForce = readAttempt()
    this.#undoStack.record(shown(), before)
  }

  /** Returns to the scenario's start. */
  reset() {
    return this.#after(async () => this.#replaceWith((await this.#session.reset()) ?? (await this.#session.put({ attempt: null })), null))
  }

  /**
   * Undoes one step. Edits in the controls that aren't in force are the first step.
   * @returns {Promise<boolean>} whether there was anything to undo
   */
  undo() {
    return this.#after(async () => {
      const to = this.#undoStack.previous(shown())
      if (to === undefined) return false
      const update = await this.#session.put({ attempt: JSON.parse(to) })
      this.#touched = false
      this.#edited = true
      this.#undoStack.undone(to, update.ok)
      this.#place(update, JSON.parse(to))
      return true
    })
  }

  /** Sends the session's settings to a server that may have forgotten them. */
  restore() {
    return this.#after(async () => {
      await this.#session.put({ attempt: this.#inForce })
      await this.#send((attempt) => attempt)
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
   * Sends the controls' content, and sends it again if it changes meanwhile.
   * @param {(attempt: Attempt) => Attempt} change
   * @param {boolean} [edits] whether the change is the learner's
   */
  async #send(change, edits = false) {
    if (edits) this.#edited = true
    let attempt, update
    do {
      this.#touched = false
      attempt = change(readAttempt())
      update = await this.#put(attempt)
    } while (this.#touched)
    return this.#place(update, attempt)
  }

  /**
   * Sends an attempt. If that fails, the edits are sent with the next attempt.
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
   * Shows an attempt instead of everything in the controls.
   * @param {Update} update
   * @param {Attempt | null} attempt
   */
  #replaceWith(update, attempt) {
    this.#touched = false
    this.#edited = true
    return this.#place(update, attempt, shown())
  }

  /**
   * @param {Update} update
   * @param {Attempt | null} attempt
   * @param {string} [before] what the controls held before
   */
  #place(update, attempt, before) {
    if (update.ok) this.#inForce = attempt
    this.#refused = !update.ok
    placeParts(update)
    if (update.ok) this.#undoStack.record(shown(), before)
    this.#showUndo()
    this.#onUpdate(update, this.#edited)
    if (update.ok) this.#edited = false
    return update
  }

  #show() {
    showPending(this.#touched)
    this.#showUndo()
  }

  #showUndo() {
    document.getElementById("undo")?.setAttribute("aria-disabled", String(this.#undoStack.previous(shown()) === undefined))
  }
}

/** The controls' content, in force or not. */
const shown = () => JSON.stringify(readAttempt())

/** @param {boolean} pending whether there are edits that the server doesn't have yet */
function showPending(pending) {
  document.getElementById("policy")?.setAttribute("aria-busy", String(pending))
}
