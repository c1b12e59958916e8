/** Counts down for how long things are remembered. */

const SECOND = 1000 // ms

/** @type {WeakMap<Element, number>} when each is over, as performance.now() counts */
const ends = new WeakMap()
/** @type {ReturnType<typeof setTimeout> | undefined} */
let next

/** Shows the seconds that are left, from now on whenever another one is over. */
export function countDown() {
  clearTimeout(next)
  const wait = showLeft()
  if (wait < Infinity) next = setTimeout(countDown, wait)
}

/**
 * Shows the seconds that are left.
 * @returns {number} ms until there is less to show; Infinity where all is over
 */
export function showLeft() {
  const now = performance.now()
  let wait = Infinity
  for (const shown of document.querySelectorAll(".caches__seconds")) {
    const left = Math.max(Math.round(endOf(shown, now) - now), 0)
    const seconds = Math.ceil(left / SECOND)
    shown.textContent = `${seconds} s left`
    shown.closest("li")?.toggleAttribute("data-over", left === 0)
    const bar = shown.closest("li")?.querySelector("progress")
    if (bar) bar.value = seconds
    if (left > 0) wait = Math.min(wait, left % SECOND || SECOND)
  }
  return wait
}

/**
 * The server says what is left, and not until when: its clock may be another
 * one. So what it says counts from when it was placed.
 * @param {Element} shown
 * @param {number} now
 */
function endOf(shown, now) {
  const left = shown.getAttribute("data-left")
  if (left !== null) {
    ends.set(shown, now + Number(left))
    shown.removeAttribute("data-left")
  }
  return ends.get(shown) ?? now
}
