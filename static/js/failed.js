/** Marks, in the policy, the row or the status that the verdict is about, with the reason beside it. */

const REASON = "failed-reason"

/**
 * Takes the marks of the run before away and sets those of the newest, if it
 * has ended.
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
 * Puts a copy of the reason into the last row that failed, else, for a status
 * and where no row has the header, to the head of the group.
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
 * @param {boolean} byReason whether the reason is among what describes it
 */
function describe(input, byReason) {
  const others = (input.getAttribute("aria-describedby") ?? "").split(" ").filter((id) => id && id !== REASON)
  const ids = byReason ? [...others, REASON] : others
  if (ids.length > 0) input.setAttribute("aria-describedby", ids.join(" "))
  else input.removeAttribute("aria-describedby")
}
