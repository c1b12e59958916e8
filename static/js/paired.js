/**
 * Highlights the same event everywhere: a step of the drawing, its entry in the log, and
 * its step in the trace.
 */

/**
 * Highlights the pairs of the element under the pointer or, if there are none, of the
 * focused element.
 */
export function markPairs() {
  const pairs = { pointerover: "", focusin: "" }
  for (const type of /** @type {const} */ (["pointerover", "focusin"])) {
    document.addEventListener(type, (event) => {
      pairs[type] = event.target instanceof Element ? pairsOf(event.target) : ""
      mark(pairs.pointerover || pairs.focusin)
    })
  }
}

/**
 * @param {Element} element
 * @returns {string} the ids of the entries and steps that it belongs to, "" for none
 */
function pairsOf(element) {
  const found = element.closest("[data-pair], .entry")
  return found?.getAttribute("data-pair") ?? found?.id ?? ""
}

/** @param {string} pairs */
function mark(pairs) {
  for (const marked of document.querySelectorAll("[data-paired]")) marked.removeAttribute("data-paired")
  for (const pair of pairs.split(" ").filter(Boolean)) {
    const id = CSS.escape(pair)
    for (const found of document.querySelectorAll(`[data-pair~="${id}"], #${id}`)) found.setAttribute("data-paired", "")
  }
}
