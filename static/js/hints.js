/** Unfolds the hints and then the solution, and records that the solution was shown. */

import { ProgressStore } from "./store.js"
import { go } from "./marks.js"
import { say } from "./notice.js"
import { standing } from "./progress.js"

/**
 * Stores whether the scenario was solved, and whether its solution was shown.
 * @param {string} id of the scenario
 */
export function handleHints(id) {
  const store = new ProgressStore(show, [id])
  const hints = /** @type {HTMLElement} */ (document.getElementById("hints"))
  const main = /** @type {HTMLElement} */ (document.getElementById("main"))

  function show() {
    const line = /** @type {HTMLElement} */ (document.getElementById("standing"))
    line.dataset.standing = standing(store.progress, id)
    line.dataset.stored = store.where
  }

  const follow = () => {
    if (document.querySelector("#goal[data-solved]")) store.solve(id)
  }
  new MutationObserver(follow).observe(main, { subtree: true, attributeFilter: ["data-solved"] })
  // The toggle event doesn't bubble.
  hints.addEventListener("toggle", (event) => {
    if (!(event.target instanceof HTMLDetailsElement) || !event.target.open) return
    event.target.setAttribute("data-opened", "")
    if (event.target.hasAttribute("data-solution")) store.show(id)
  }, true)
  show()
}

/**
 * Puts the solution in force.
 * @param {import("./editor.js").Editor} editor
 * @param {HTMLElement} button
 */
export async function solve(editor, button) {
  const update = await editor.replace(JSON.parse(button.dataset.attempt ?? "null"))
  if (!update.ok) return
  go(document.getElementById("policy"))
  say("The solution is in force. Press Send to see that it works.")
}
