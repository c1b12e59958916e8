/** Shows together what is one thing in two places: a step of the drawing and its entry in the log, or its step in the trace. */

/** Marks the pairs of what the pointer is on, else of what has the focus. */
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
 * @returns {string} the ids of entries and of steps that it belongs to, "" for none
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
