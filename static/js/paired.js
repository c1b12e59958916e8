/** Shows together what is one thing in two places: a step of the drawing and its entry in the log. */

/** Marks the pair of whatever the pointer or the focus is on. */
export function markPairs() {
  for (const type of ["pointerover", "focusin"]) {
    document.addEventListener(type, (event) => mark(event.target instanceof Element ? pairOf(event.target) : ""))
  }
}

/**
 * @param {Element} element
 * @returns {string} the id of the entry, "" for none
 */
function pairOf(element) {
  const found = element.closest("[data-pair], .entry")
  return found?.getAttribute("data-pair") ?? found?.id ?? ""
}

/** @param {string} pair */
function mark(pair) {
  for (const marked of document.querySelectorAll("[data-paired]")) marked.removeAttribute("data-paired")
  if (!pair) return
  const id = CSS.escape(pair)
  for (const found of document.querySelectorAll(`[data-pair="${id}"], #${id}`)) found.setAttribute("data-paired", "")
}
