/** The first page: shows on its map how far the learner has come. */

import { Kept } from "./kept.js"
import { isSolved, standing } from "./progress.js"
import { handleTransfer } from "./transfer.js"

const kept = new Kept(show, items(document).map(idOf))

function show() {
  for (const item of items(document)) item.dataset.standing = standing(kept.progress, idOf(item))
  for (const need of document.querySelectorAll("[data-need]")) {
    need.toggleAttribute("data-met", isSolved(kept.progress, need.getAttribute("data-need") ?? ""))
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
  panel.dataset.kept = kept.where
}

/** Leads a learner who has begun to the first scenario that can come next. */
function showNext() {
  const open = items(document).filter((item) => !isSolved(kept.progress, idOf(item)))
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
const solvedIn = (within) => items(within).filter((item) => isSolved(kept.progress, idOf(item)))

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

handleTransfer(kept)
show()
