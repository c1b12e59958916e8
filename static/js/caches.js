/** Counts down how long responses stay in the caches. */

const SECOND = 1000 // ms

/** @type {WeakMap<Element, number>} when each expires, by performance.now() */
const ends = new WeakMap()
/** @type {ReturnType<typeof setTimeout> | undefined} */
let next

/** Shows the seconds left, now and whenever that number changes. */
export function countDown() {
  clearTimeout(next)
  const wait = showLeft()
  if (wait < Infinity) next = setTimeout(countDown, wait)
}

/**
 * Shows the seconds left.
 * @returns {number} ms until the next change; Infinity if everything has expired
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
 * The server sends the time left and not the end, because its clock may differ. The time
 * left counts from when the element was placed.
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
