/** The home page: shows the learner's progress on the map. */

import { ProgressStore } from "./store.js"
import { isSolved, standing } from "./progress.js"
import { handleTransfer } from "./transfer.js"

const store = new ProgressStore(show, items(document).map(idOf))

function show() {
  for (const item of items(document)) item.dataset.standing = standing(store.progress, idOf(item))
  for (const need of document.querySelectorAll("[data-need]")) {
    need.toggleAttribute("data-met", isSolved(store.progress, need.getAttribute("data-need") ?? ""))
  }
  for (const track of document.querySelectorAll("[data-track]")) count(track, "solved", solvedIn(track).length)
  showPanel()
  showNext()
}

function showPanel() {
  const panel = /** @type {HTMLElement} */ (document.getElementById("progress"))
  const solved = solvedIn(document)
  const helped = solved.filter((item) => item.dataset.standing === "helped")
  const bar = /** @type {HTMLProgressElement} */ (document.getElementById("progress-bar"))
  bar.value = solved.length
  count(panel, "solved", solved.length)
  count(panel, "helped", helped.length)
  panel.toggleAttribute("data-helped", helped.length > 0)
  panel.dataset.stored = store.where
}

/** Shows returning learners a link to the first scenario that can come next. */
function showNext() {
  const open = items(document).filter((item) => !isSolved(store.progress, idOf(item)))
  const next = open.find((item) => !item.querySelector("[data-need]:not([data-met])")) ?? open[0]
  const begun = items(document).some((item) => item.dataset.standing !== "not-yet")
  const goOn = document.getElementById("go-on")
  const title = document.getElementById("go-on-title")
  const link = next?.querySelector(".track__title")
  if (!(goOn instanceof HTMLAnchorElement) || !title) return
  goOn.hidden = !begun || !link
  goOn.href = link?.getAttribute("href") ?? "/"
  title.textContent = link?.textContent ?? ""
}

/**
 * @param {ParentNode} within
 * @returns {HTMLElement[]} the scenarios there
 */
function items(within) {
  return [...within.querySelectorAll("[data-scenario]")].filter((item) => item instanceof HTMLElement)
}

/** @param {ParentNode} within */
const solvedIn = (within) => items(within).filter((item) => isSolved(store.progress, idOf(item)))

/** @param {HTMLElement} item */
function idOf(item) {
  return item.dataset.scenario ?? ""
}

/**
 * @param {Element} within
 * @param {string} what
 * @param {number} number
 */
function count(within, what, number) {
  const shown = within.querySelector(`[data-count=${what}]`)
  if (shown) shown.textContent = String(number)
}

handleTransfer(store)
show()
