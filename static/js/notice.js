/** The messages at the top of the page: errors and confirmations. */

/** @param {string} text "" for none */
export function tell(text) {
  const notice = /** @type {HTMLElement} */ (document.getElementById("notice"))
  notice.textContent = text
  notice.hidden = text === ""
  say("")
}

/**
 * Shows a polite message until there is another one.
 * @param {string} text "" for none
 */
export function say(text) {
  const status = /** @type {HTMLElement} */ (document.getElementById("status"))
  status.textContent = text
}

/** @param {unknown} error a failed fetch rejects with a TypeError */
export function tellError(error) {
  if (error instanceof TypeError) tell("The lab does not answer. Is it still running?")
  else tell(error instanceof Error ? error.message : String(error))
}
