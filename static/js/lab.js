/** The page of one scenario: connects its controls, its session and its runner. */

import { addRow, editRow, groupOf, removeRow, rowOf } from "./attempt.js"
import { Editor } from "./editor.js"
import { markFailed } from "./failed.js"
import { handleHelp } from "./help.js"
import { handleHints, solve } from "./hints.js"
import { RunHistory } from "./history.js"
import { JournalSocket } from "./journal.js"
import { copyLink, isKnown, linkHere, sayNothing, showLink } from "./link.js"
import { go, handleLinks } from "./marks.js"
import { countDown } from "./caches.js"
import { say, tell, tellError } from "./notice.js"
import { markPairs } from "./paired.js"
import { renew } from "./revision.js"
import { followFrames } from "./runners.js"
import { saveFile } from "./scenariofile.js"
import { Sender } from "./send.js"
import { Session } from "./session.js"
import { addRoute, removeRoute } from "./shape.js"

const main = /** @type {HTMLElement} */ (document.getElementById("main"))

const session = new Session(main.dataset.scenario ?? "", main.dataset.revision ?? "")
const editor = new Editor(session, (update, edited) => {
  sender.showBusy()
  markFailed()
  countDown()
  if (update.ok) showLink(update.link ?? "", edited)
  tell(update.ok || update.html ? "" : (update.error ?? ""))
})
const sender = new Sender(session, editor)
const runs = new RunHistory(session, editor)

/** Puts the address's link in force or, without one, the scenario's start. */
async function follow() {
  const link = linkHere()
  await editor.follow(link, isKnown())
  if (link === "") sayNothing()
}

/** @param {HTMLElement} button */
async function act(button) {
  const to = button.dataset.to ?? ""
  switch (button.dataset.action) {
    case "send":
      return sender.send()
    case "reset":
      await editor.reset()
      return say("Back to the scenario’s start. Undo brings back what you had set.")
    case "undo":
      if (await editor.undo()) say("Undone: what was set before stands here again.")
      return
    case "back":
      return runs.back(to)
    case "solve":
      return solve(editor, button)
    case "add": {
      const group = groupOf(button)
      await editor.change((attempt) => addRow(attempt, group))
      return go([...document.querySelectorAll(`[data-group="${to}"] input.row__name`)].at(-1))
    }
    case "add-route":
      await editor.change(addRoute)
      return go([...document.querySelectorAll("[data-shape-route] input")].at(-1))
    case "remove-route":
      await editor.change((attempt) => removeRoute(attempt, Number(to)))
      return go(document.getElementById("add-route"))
    case "renew":
      return renew(editor)
    case "copy-link":
      await editor.settled()
      return say((await copyLink()) ? "The link is copied: it holds what is set here." : "The browser did not let the page copy. Its address, at the top of the window, is the link.")
    case "save":
      return saveFile(session, editor)
    case "remove": {
      const row = rowOf(button)
      await editor.change((attempt) => removeRow(attempt, row))
      return go(document.querySelector(`[data-kind="${row.group.kind}"][data-route="${row.group.route}"] [data-action=add]`))
    }
  }
}

main.addEventListener("click", (event) => {
  const button = event.target instanceof Element ? event.target.closest("[data-action]") : null
  if (button instanceof HTMLElement) act(button).catch(tellError)
})
main.addEventListener("input", (event) => {
  if (editRow(event.target)) editor.touch(event.target)
})
document.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return
  event.preventDefault()
  sender.send().catch(tellError)
})
addEventListener("hashchange", () => {
  session.keep()
  follow().catch(tellError)
})
followFrames()
handleHelp()
if (document.getElementById("hints")) handleHints(main.dataset.scenario ?? "")
handleLinks()
markPairs()

await follow().catch(tellError)
new JournalSocket(session, () => (editor.begun ? editor.restore() : follow())).open()
