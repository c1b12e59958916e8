/** The lines at the top of the page: what went wrong, and what went well. */

/** @param {string} text empty for nothing */
export function tell(text) {
  const notice = /** @type {HTMLElement} */ (document.getElementById("notice"))
  notice.textContent = text
  notice.hidden = text === ""
  say("")
}

/**
 * Says something politely, until there is something else to tell.
 * @param {string} text empty for nothing
 */
export function say(text) {
  const status = /** @type {HTMLElement} */ (document.getElementById("status"))
  status.textContent = text
}

/** @param {unknown} error a fetch that fails rejects with a TypeError */
export function tellError(error) {
  if (error instanceof TypeError) tell("The lab does not answer. Is it still running?")
  else tell(error instanceof Error ? error.message : String(error))
}
