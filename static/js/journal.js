/** The live log: a WebSocket that reconnects by itself and misses no entry. */

import { markFailed } from "./failed.js"
import { place } from "./fragments.js"
import { countDown } from "./caches.js"
import { tell } from "./notice.js"

const FIRST_DELAY = 250 // ms
const LONGEST_DELAY = 5_000 // ms
const TRY_LATER = 1013 // the close status of a socket that the lab has no room for
const GATHER = 50 // ms; a run that takes less is placed in one go

/**
 * @typedef {{ seq: number, kind: string, run: number, html: string }} Message
 */

export class JournalSocket {
  #session
  #restore
  #delay = FIRST_DELAY
  /** @type {Message[]} */
  #waiting = []
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #timer

  /**
   * @param {import("./session.js").Session} session
   * @param {() => Promise<unknown>} restore makes sure that the server has the session
   */
  constructor(session, restore) {
    this.#session = session
    this.#restore = restore
  }

  /** Connects, and continues after the last entry that the page has. */
  open() {
    const socket = new WebSocket(this.#session.journalURL())
    socket.addEventListener("open", () => {
      this.#delay = FIRST_DELAY
      show("live")
    })
    socket.addEventListener("message", (event) => this.#take(JSON.parse(event.data)))
    socket.addEventListener("close", (event) => this.#closed(event))
  }

  /** @param {Message} message */
  #take(message) {
    this.#waiting.push(message)
    if (message.kind === "settled") this.#place()
    else this.#timer ??= setTimeout(() => this.#place(), GATHER)
  }

  /**
   * Places the entries that have arrived, all at once, because each change of the page
   * costs a frame.
   */
  #place() {
    clearTimeout(this.#timer)
    this.#timer = undefined
    const messages = this.#waiting.splice(0)
    place(messages.map((message) => message.html).join(""))
    if (messages.some((message) => message.kind === "settled")) {
      markFailed()
      countDown()
    }
    for (const message of messages) this.#session.saw(message.seq, message.run)
  }

  /**
   * If the lab closed the socket for lack of room, shows its reason. Then the page waits
   * before it tries again, because the lab would only refuse it again.
   * @param {CloseEvent} event
   */
  #closed(event) {
    if (event.code === TRY_LATER) {
      this.#delay = LONGEST_DELAY
      tell(event.reason)
    }
    this.#again()
  }

  #again() {
    show("lost")
    const jitter = 0.5 + Math.random() / 2
    setTimeout(() => void this.#reopen(), this.#delay * jitter)
    this.#delay = Math.min(this.#delay * 2, LONGEST_DELAY)
  }

  async #reopen() {
    try {
      await this.#restore()
      this.open()
    } catch {
      this.#again()
    }
  }
}

/** @param {"live" | "lost"} state */
function show(state) {
  document.getElementById("connection")?.setAttribute("data-state", state)
}
