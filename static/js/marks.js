/**
 * Links within the page. They must not change its address, which holds the learner's
 * settings.
 */

/** Follows links within the page without changing the address. */
export function handleLinks() {
  document.addEventListener("click", (event) => {
    const link = event.target instanceof Element ? event.target.closest('a[href^="#"]') : null
    const target = link && document.getElementById(link.getAttribute("href")?.slice(1) ?? "")
    if (!target) return
    event.preventDefault()
    for (const marked of document.querySelectorAll("[data-marked]")) marked.removeAttribute("data-marked")
    target.setAttribute("data-marked", "")
    unfold(target)
    go(target)
  })
}

/** @param {Element} target is shown, even if it is folded up */
function unfold(target) {
  for (let fold = target.closest("details"); fold; fold = fold.parentElement?.closest("details") ?? null) fold.open = true
}

/** @param {Element | null | undefined} target gets the focus, if it exists */
export function go(target) {
  if (!(target instanceof HTMLElement)) return
  if (target.tabIndex < 0) target.tabIndex = -1
  target.focus()
}
