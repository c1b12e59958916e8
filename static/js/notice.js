/** The line at the top of the page that says what went wrong. */

/** @param {string} text empty for nothing */
export function tell(text) {
  const notice = /** @type {HTMLElement} */ (document.getElementById("notice"))
  notice.textContent = text
  notice.hidden = text === ""
}

/** @param {unknown} error a fetch that fails rejects with a TypeError */
export function tellError(error) {
  if (error instanceof TypeError) tell("The lab does not answer. Is it still running?")
  else tell(error instanceof Error ? error.message : String(error))
}
