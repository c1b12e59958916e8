/** The page of one scenario: joins its controls, its session and its runner. */

import { addRow, editRow, placeOf, readAttempt, removeRow } from "./attempt.js"
import { Editor } from "./editor.js"
import { place } from "./fragments.js"
import { JournalSocket } from "./journal.js"
import { readLink, writeLink } from "./link.js"
import { sendFrom } from "./run.js"
import { Session } from "./session.js"

const main = /** @type {HTMLElement} */ (document.getElementById("main"))
const notice = /** @type {HTMLElement} */ (document.getElementById("notice"))
const start = JSON.stringify(readAttempt())
const origins = JSON.parse(main.dataset.origins ?? "{}")

const session = new Session(main.dataset.scenario ?? "")
const editor = new Editor(handOver)
const socket = new JournalSocket(session, async () => {
  await editor.settled()
  await handOver(readAttempt())
})
let sending = false

/**
 * Puts an attempt in force and shows what the server makes of it.
 * @param {import("./attempt.js").Attempt | null} attempt null for the scenario's start
 * @returns {Promise<boolean>} whether it is in force
 */
async function handOver(attempt) {
  const answer = await session.put(attempt)
  if (editor.waiting) return answer.ok // a newer edit would be overwritten
  if (answer.html) place(answer.html)
  if (answer.ok) writeLink(readAttempt(), start, origins)
  tell(answer.ok || answer.html ? "" : answer.error ?? "")
  return answer.ok
}

/** @param {string} text what went wrong; empty for nothing */
function tell(text) {
  notice.textContent = text
  notice.hidden = text === ""
}

/** Opens the page's session with what the address says, else with the scenario's start. */
async function open() {
  const linked = readLink(origins)
  try {
    if (!(await handOver(linked.attempt)) && linked.attempt) {
      await handOver(null)
      tell("The policy in this page's address does not fit the scenario; its own is in force.")
    } else if (linked.broken) {
      tell("The policy in this page's address cannot be read; the scenario's own is in force.")
    }
  } catch {
    tell("The lab does not answer. Is it still running?")
  }
  await socket.open()
}

async function send() {
  if (sending) return
  sending = true
  mark(true)
  try {
    await editor.settled()
    const { run, request } = await session.start(readAttempt)
    await session.settle(run, await sendFrom("runner", request))
    tell("")
  } catch (error) {
    mark(false)
    tell(error instanceof TypeError ? "The lab does not answer. Is it still running?" : String(error))
  } finally {
    sending = false
    setBusy(false)
  }
}

/** @param {boolean} running whether the outcome is being awaited */
function mark(running) {
  const outcome = document.getElementById("outcome")
  outcome?.removeAttribute("data-outcome")
  outcome?.setAttribute("data-state", running ? "running" : "empty")
  setBusy(running)
}

/** @param {boolean} busy */
function setBusy(busy) {
  document.querySelector("[data-action=send]")?.setAttribute("aria-disabled", String(busy))
}

async function reset() {
  const answer = await session.reset(() => JSON.parse(start))
  if (answer.html) place(answer.html)
  writeLink(readAttempt(), start, origins)
  tell(answer.ok ? "" : answer.error ?? "")
}

/** @param {HTMLElement} button */
async function act(button) {
  switch (button.dataset.action) {
    case "send":
      return send()
    case "reset":
      return reset()
    case "add":
      await editor.settled()
      await handOver(addRow(readAttempt(), button.dataset.to ?? ""))
      return focusLastName(button.dataset.to ?? "")
    case "remove": {
      const place = placeOf(button)
      await editor.settled()
      await handOver(removeRow(readAttempt(), place))
    }
  }
}

/** @param {string} group */
function focusLastName(group) {
  const names = document.querySelectorAll(`[data-group="${group}"] input.row__name`)
  const last = names[names.length - 1]
  if (last instanceof HTMLElement) last.focus()
}

main.addEventListener("click", (event) => {
  const button = event.target instanceof Element ? event.target.closest("[data-action]") : null
  if (button instanceof HTMLElement) void act(button).catch(() => tell("The lab does not answer. Is it still running?"))
})
main.addEventListener("input", (event) => {
  if (editRow(event.target)) editor.changed()
})
document.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
    event.preventDefault()
    void send()
  }
})

await open()
