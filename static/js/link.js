/**
 * The page's address holds the learner's settings, so every address is a link to them.
 * The server reads and writes links. This module puts them into the address, and manages
 * the note about the link that the page was opened with.
 */

/** @returns {string} the link in the page's address, "" for none */
export const linkHere = () => location.hash.slice(1)

/** Whether the page wrote that link itself, or has already sent its request. */
export const isKnown = () => linkHere() !== "" && history.state?.known === location.hash

/**
 * Replaces the link in the page's address, and the one in the link to the
 * sandbox.
 * @param {string} link to the settings in force, "" for the scenario's start
 * @param {boolean} edited whether the learner set this; otherwise the address stays
 */
export function showLink(link, edited) {
  const hash = link && "#" + link
  const sandbox = document.getElementById("to-sandbox")
  if (sandbox instanceof HTMLAnchorElement) sandbox.hash = hash
  if (!edited) return
  history.replaceState({ ...history.state, known: hash }, "", location.pathname + location.search + hash)
  sayNothing()
}

/** Records that a run has begun, so that the link's changes are no longer news. */
export function followSent() {
  if (note()?.dataset.link !== "changed") return
  history.replaceState({ ...history.state, known: location.hash }, "")
  sayNothing()
}

/** Removes the note about the page's link. */
export function sayNothing() {
  const said = note()
  if (!said) return
  said.dataset.link = "none"
  said.firstElementChild?.replaceChildren()
  while (said.children.length > 1) said.lastElementChild?.remove()
}

const note = () => document.getElementById("link")

/**
 * Copies the page's address to the clipboard.
 * @returns {Promise<boolean>} false if the browser doesn't allow it
 */
export async function copyLink() {
  try {
    await navigator.clipboard.writeText(location.href)
    return true
  } catch {
    return false
  }
}
