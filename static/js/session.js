/** The page's session on the server: its id and its control routes. */

import { shownParts } from "./fragments.js"

/**
 * @typedef {import("./attempt.js").Attempt} Attempt
 * @typedef {{ ok: boolean, html?: string, tags?: Record<string, string>, link?: string, error?: string }} Update
 * @typedef {{ run: number, runner: string, in: "frame" | "window", request: import("./run.js").RunRequest }} Call
 * @typedef {{ run: number, attempt: Attempt }} Compared
 */

const LATER = 200 // ms; writing the history is slow, and a run must not wait for it
const LEAVING = 1_000 // ms; by then a reloaded page has released its session

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
   * @param {string} revision of the scenario that the page shows; each revision has a session of its own
   */
  constructor(scenario, revision) {
    this.#scenario = scenario
    this.#revision = revision
    const saved = history.state?.scenario === scenario && history.state.revision === revision ? history.state : null
    this.#id = saved?.session ?? newID()
    this.#run = saved?.run ?? 0
    this.keep()
    this.#claimed = this.#claim()
  }

  /**
   * Takes a new session if another page has this one, because a browser that duplicates
   * a tab also copies its history state.
   */
  async #claim() {
    if (await isOurs(this.#id)) return
    this.#id = newID()
    this.#run = 0
    this.keep()
    await isOurs(this.#id)
  }

  /** The journal's address, starting after the last entry that the page has. */
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
   * @returns {Promise<Update>}
   */
  async put(what) {
    await this.#claimed
    const state = { scenario: this.#scenario, revision: this.#revision, ...what, shown: shownParts(), seq: this.#seq, run: this.#run }
    return updateOf(await this.#call("PUT", "", state))
  }

  /** @returns {Promise<Update | null>} null if the server doesn't know the session */
  async reset() {
    const response = await this.#call("POST", "/reset", { shown: shownParts() })
    return response.status === 404 ? null : updateOf(response)
  }

  /**
   * Starts a run.
   * @returns {Promise<Call | null>} null if the server doesn't know the session
   */
  async start() {
    const response = await this.#call("POST", "/runs")
    if (response.status === 404) return null
    if (!response.ok) throw new Error((await updateOf(response)).error)
    const started = await response.json()
    this.saw(0, started.run)
    return started
  }

  /**
   * @param {number} run
   * @param {import("./run.js").Report} report
   * @returns {Promise<Call | null>} the run's next call, if there is one
   */
  async settle(run, report) {
    const response = await this.#call("POST", `/runs/${run}/outcome`, report)
    if (!response.ok) throw new Error((await updateOf(response)).error)
    return response.status === 200 ? response.json() : null
  }

  /**
   * Requests the settings as a scenario file.
   * @returns {Promise<{ name?: string, text?: string, error?: string }>}
   */
  async file() {
    return (await this.#call("GET", "/file")).json()
  }

  /**
   * Requests a comparison of two runs. The server need not know them.
   * @param {Compared} before
   * @param {Compared} after
   * @returns {Promise<Update>}
   */
  async compare(before, after) {
    const body = JSON.stringify({ session: this.#id, revision: this.#revision, before, after })
    return updateOf(await fetch(`/scenarios/${this.#scenario}/comparison`, { method: "POST", body }))
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

  /** Stores the session in this entry of the history, so that it survives a reload. */
  keep() {
    history.replaceState({ ...history.state, scenario: this.#scenario, revision: this.#revision, session: this.#id, run: this.#run }, "")
  }
}

/**
 * @param {Response} response
 * @returns {Promise<Update>}
 */
async function updateOf(response) {
  const update = await response.json().catch(() => ({ error: `the lab answered ${response.status}` }))
  return { ok: response.ok && !update.error, ...update }
}

/**
 * Claims a session for as long as the page is open. Some browsers have no locks, if the
 * lab isn't on this machine; then any page may have the session.
 * @param {string} id
 * @returns {Promise<boolean>} false if another page has it
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

/** The id can't be guessed, because anyone who knows it can change the session. */
function newID() {
  const alphabet = "abcdefghijklmnopqrstuvwxyz234567"
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => alphabet[byte % 32]).join("")
}
