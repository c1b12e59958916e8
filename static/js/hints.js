/** The way from the first hint to the solution, and what it costs. */

import { Kept } from "./kept.js"
import { go } from "./marks.js"
import { say } from "./notice.js"
import { standing } from "./progress.js"

/**
 * Keeps whether the scenario was solved, and whether its solution was shown.
 * @param {string} id of the scenario
 */
export function handleHints(id) {
  const kept = new Kept(show, [id])
  const hints = /** @type {HTMLElement} */ (document.getElementById("hints"))
  const main = /** @type {HTMLElement} */ (document.getElementById("main"))

  function show() {
    const line = /** @type {HTMLElement} */ (document.getElementById("standing"))
    line.dataset.standing = standing(kept.progress, id)
    line.dataset.kept = kept.where
  }

  const follow = () => {
    if (document.querySelector("#goal[data-solved]")) kept.solve(id)
  }
  new MutationObserver(follow).observe(main, { subtree: true, attributeFilter: ["data-solved"] })
  // Toggle does not bubble.
  hints.addEventListener("toggle", (event) => {
    if (!(event.target instanceof HTMLDetailsElement) || !event.target.open) return
    event.target.setAttribute("data-opened", "")
    if (event.target.hasAttribute("data-solution")) kept.show(id)
  }, true)
  show()
}

/**
 * Puts the solution in force.
 * @param {import("./editor.js").Editor} editor
 * @param {HTMLElement} button
 */
export async function solve(editor, button) {
  const answer = await editor.replace(JSON.parse(button.dataset.attempt ?? "null"))
  if (!answer.ok) return
  go(document.getElementById("policy"))
  say("The solution is in force. Press Send to see that it works.")
}
