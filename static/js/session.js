/** The page's session on the server: its control routes, and who it is. */

import { shownParts } from "./fragments.js"

/**
 * @typedef {import("./attempt.js").Attempt} Attempt
 * @typedef {{ ok: boolean, html?: string, tags?: Record<string, string>, link?: string, error?: string }} Answer
 * @typedef {{ run: number, runner: string, in: "frame" | "window", request: import("./run.js").RunRequest }} Call
 * @typedef {{ run: number, attempt: Attempt }} Compared
 */

const LATER = 200 // ms; the history is slow, and a run must not wait for it
const LEAVING = 1_000 // ms; a page that is reloaded has let go of its session by then

export class Session {
  #scenario
  #revision
  #id
  #seq = 0
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #keeping
  #run = 0
  #claimed

  /**
   * @param {string} scenario its id
   * @param {string} revision of it, as the page shows it: another one has another session
   */
  constructor(scenario, revision) {
    this.#scenario = scenario
    this.#revision = revision
    const kept = history.state?.scenario === scenario && history.state.revision === revision ? history.state : null
    this.#id = kept?.session ?? newID()
    this.#run = kept?.run ?? 0
    this.keep()
    this.#claimed = this.#claim()
  }

  /**
   * Takes a session of its own where another page has this one: a browser gives
   * a tab that it duplicates the history of the first.
   */
  async #claim() {
    if (await isOurs(this.#id)) return
    this.#id = newID()
    this.#run = 0
    this.keep()
    await isOurs(this.#id)
  }

  /** Where the journal streams from, after the last entry that the page has. */
  journalURL() {
    return `${location.origin.replace(/^http/, "ws")}/sessions/${this.#id}/journal?after=${this.#seq}&revision=${this.#revision}`
  }

  /**
   * @param {number} seq the newest entry that the page has
   * @param {number} run the run that it belongs to
   */
  saw(seq, run) {
    this.#seq = Math.max(this.#seq, seq)
    if (run <= this.#run) return
    this.#run = run
    clearTimeout(this.#keeping)
    this.#keeping = setTimeout(() => this.keep(), LATER)
  }

  /**
   * Puts an attempt or a link's settings in force.
   * @param {{ attempt: Attempt | null } | { link: string, known: boolean }} what null for the scenario's start
   * @returns {Promise<Answer>}
   */
  async put(what) {
    await this.#claimed
    const handed = { scenario: this.#scenario, revision: this.#revision, ...what, shown: shownParts(), seq: this.#seq, run: this.#run }
    return answerOf(await this.#call("PUT", "", handed))
  }

  /** @returns {Promise<Answer | null>} null where the server does not know the session */
  async reset() {
    const response = await this.#call("POST", "/reset", { shown: shownParts() })
    return response.status === 404 ? null : answerOf(response)
  }

  /**
   * Opens a run.
   * @returns {Promise<Call | null>} null where the server does not know the session
   */
  async start() {
    const response = await this.#call("POST", "/runs")
    if (response.status === 404) return null
    if (!response.ok) throw new Error((await answerOf(response)).error)
    const started = await response.json()
    this.saw(0, started.run)
    return started
  }

  /**
   * @param {number} run
   * @param {import("./run.js").Report} report
   * @returns {Promise<Call | null>} what else is to be sent in the run
   */
  async settle(run, report) {
    const response = await this.#call("POST", `/runs/${run}/outcome`, report)
    if (!response.ok) throw new Error((await answerOf(response)).error)
    return response.status === 200 ? response.json() : null
  }

  /**
   * Asks for what is set as a scenario file.
   * @returns {Promise<{ name?: string, text?: string, error?: string }>}
   */
  async file() {
    return (await this.#call("GET", "/file")).json()
  }

  /**
   * Has two runs shown side by side, of which the server need know nothing.
   * @param {Compared} before
   * @param {Compared} after
   * @returns {Promise<Answer>}
   */
  async compare(before, after) {
    const body = JSON.stringify({ session: this.#id, revision: this.#revision, before, after })
    return answerOf(await fetch(`/scenarios/${this.#scenario}/comparison`, { method: "POST", body }))
  }

  /**
   * @param {string} method
   * @param {string} path
   * @param {unknown} [body]
   */
  async #call(method, path, body) {
    await this.#claimed
    return fetch(`/sessions/${this.#id}${path}`, { method, body: body === undefined ? undefined : JSON.stringify(body) })
  }

  /** Keeps the session, in this entry of the history, over a reload of the page. */
  keep() {
    history.replaceState({ ...history.state, scenario: this.#scenario, revision: this.#revision, session: this.#id, run: this.#run }, "")
  }
}

/**
 * @param {Response} response
 * @returns {Promise<Answer>}
 */
async function answerOf(response) {
  const answer = await response.json().catch(() => ({ error: `the lab answered ${response.status}` }))
  return { ok: response.ok && !answer.error, ...answer }
}

/**
 * Claims a session for as long as the page is there. Where the browser has no
 * locks, which is where the lab is not on this machine, any page may have it.
 * @param {string} id
 * @returns {Promise<boolean>} false where another page has it
 */
function isOurs(id) {
  return new Promise((resolve) => {
    if (!navigator.locks) return resolve(true)
    const held = navigator.locks.request(`corslab.session.${id}`, { signal: AbortSignal.timeout(LEAVING) }, () => {
      resolve(true)
      return new Promise(() => {})
    })
    held.catch(() => resolve(false))
  })
}

/** Nobody can guess the id: who knows it can set the session. */
function newID() {
  const alphabet = "abcdefghijklmnopqrstuvwxyz234567"
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => alphabet[byte % 32]).join("")
}
