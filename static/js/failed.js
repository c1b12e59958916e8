/**
 * Marks the row or the status in the policy that the verdict is about, and shows the
 * reason next to it.
 */

const REASON = "failed-reason"

/**
 * Removes the marks of the previous run and, if the newest run has ended, marks what
 * failed in it.
 */
export function markFailed() {
  clearFailed()
  const verdict = document.getElementById("verdict")
  if (!verdict || verdict.dataset.state === "running") return
  const row = verdict.dataset.rowFailed
  const status = verdict.dataset.statusFailed
  const failed = row ? marked(`[data-row="${CSS.escape(row)}" i]`) : status ? marked(`[data-status="${CSS.escape(status)}"]`) : []
  explain(verdict.querySelector("[data-reason]"), failed, verdict.dataset.groupFailed ?? "")
}

export function clearFailed() {
  document.getElementById(REASON)?.remove()
  for (const marked of document.querySelectorAll("[data-failed]")) marked.removeAttribute("data-failed")
  for (const input of document.querySelectorAll(`[aria-describedby~="${REASON}"]`)) describe(input, false)
}

/** @param {string} selector */
function marked(selector) {
  const found = [...document.querySelectorAll(selector)]
  for (const element of found) element.setAttribute("data-failed", "")
  return found
}

/**
 * Copies the reason to the last row that failed. For a status, and for a header without
 * a row, it goes to the head of the group.
 * @param {Element | null} reason
 * @param {Element[]} failed
 * @param {string} group
 */
function explain(reason, failed, group) {
  const copy = reason?.cloneNode(true)
  if (!(copy instanceof HTMLElement)) return
  copy.id = REASON
  copy.hidden = false
  const row = failed.at(-1)?.closest(".row")
  if (row) row.append(copy)
  else document.querySelector(`[data-group="${CSS.escape(group)}"] .rows__head`)?.after(copy)
  for (const element of failed) {
    const controls = element.querySelectorAll(".row__on, .row__value")
    for (const control of controls.length > 0 ? controls : [element]) describe(control, true)
  }
}

/**
 * @param {Element} input
 * @param {boolean} byReason whether the reason is part of its description
 */
function describe(input, byReason) {
  const others = (input.getAttribute("aria-describedby") ?? "").split(" ").filter((id) => id && id !== REASON)
  const ids = byReason ? [...others, REASON] : others
  if (ids.length > 0) input.setAttribute("aria-describedby", ids.join(" "))
  else input.removeAttribute("aria-describedby")
}
