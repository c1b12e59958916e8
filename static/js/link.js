/**
 * The page's address holds what the learner has set, so that every address is a
 * link to it. The server reads and writes links; here is where they stand, and
 * what the page says of the one that it was opened with.
 */

/** @returns {string} the link in the page's address, "" for none */
export const linkHere = () => location.hash.slice(1)

/** Whether the page wrote that link itself, or has sent what it sets. */
export const isKnown = () => linkHere() !== "" && history.state?.known === location.hash

/**
 * Puts a link into the page's address instead of the one there, and into the
 * way to the sandbox.
 * @param {string} link to what is in force, "" for the scenario's start
 * @param {boolean} edited whether the learner has set that; else the address stays
 */
export function showLink(link, edited) {
  const hash = link && "#" + link
  const sandbox = document.getElementById("to-sandbox")
  if (sandbox instanceof HTMLAnchorElement) sandbox.hash = hash
  if (!edited) return
  history.replaceState({ ...history.state, known: hash }, "", location.pathname + location.search + hash)
  sayNothing()
}

/** Follows that a run has begun: what the link changed is no longer news. */
export function followSent() {
  if (note()?.dataset.link !== "changed") return
  history.replaceState({ ...history.state, known: location.hash }, "")
  sayNothing()
}

/** Takes away what the page says of its link. */
export function sayNothing() {
  const said = note()
  if (!said) return
  said.dataset.link = "none"
  said.firstElementChild?.replaceChildren()
  while (said.children.length > 1) said.lastElementChild?.remove()
}

const note = () => document.getElementById("link")

/**
 * Puts the page's address where one pastes from.
 * @returns {Promise<boolean>} false where the browser does not let a page do so
 */
export async function copyLink() {
  try {
    await navigator.clipboard.writeText(location.href)
    return true
  } catch {
    return false
  }
}
