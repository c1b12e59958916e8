/** Counts down for how long things are remembered. */

const SECOND = 1000 // ms

/** @type {ReturnType<typeof setTimeout> | undefined} */
let next

/** Shows the seconds that are left, from now on at each new second. */
export function countDown() {
  clearTimeout(next)
  const now = Date.now()
  if (showLeft(now)) next = setTimeout(countDown, SECOND - (now % SECOND))
}

/**
 * @param {number} now in ms since 1970
 * @returns {boolean} whether something is not over yet
 */
export function showLeft(now) {
  let going = false
  for (const time of document.querySelectorAll("time[data-until]")) {
    const left = Math.ceil((Number(time.getAttribute("data-until")) - now) / SECOND)
    time.textContent = `${Math.max(left, 0)} s left`
    time.closest("li")?.toggleAttribute("data-over", left <= 0)
    const bar = time.closest("li")?.querySelector("progress")
    if (bar) bar.value = Math.max(left, 0)
    going ||= left > 0
  }
  return going
}
