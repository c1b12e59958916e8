/** Marks, in the policy, the row or the status that the verdict is about. */

/** Takes the marks of the run before away and sets those of the newest. */
export function markFailed() {
  clearFailed()
  const verdict = document.getElementById("verdict")
  const row = verdict?.dataset.rowFailed
  const status = verdict?.dataset.statusFailed
  if (row) mark(`[data-row="${CSS.escape(row)}"]`)
  if (status) mark(`[data-status="${CSS.escape(status)}"]`)
}

export function clearFailed() {
  for (const marked of document.querySelectorAll("[data-failed]")) marked.removeAttribute("data-failed")
}

/** @param {string} selector */
function mark(selector) {
  for (const found of document.querySelectorAll(selector)) found.setAttribute("data-failed", "")
}
