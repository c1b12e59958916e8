/** Places markup from the server. No other script creates markup. */

import { Idiomorph } from "../vendor/idiomorph.js"

/**
 * @typedef {{ createHTML(html: string): string }} HTMLPolicy
 * @typedef {{ createPolicy(name: string, rules: HTMLPolicy): HTMLPolicy }} PolicyFactory
 */

const factory = /** @type {{ trustedTypes?: PolicyFactory }} */ (window).trustedTypes
const TAG = "data-tag" // the version of a part; a replacement comes without it
const LONGEST_LIST = 100 // elements; the oldest are removed
const rules = { createHTML: (/** @type {string} */ html) => html }
const policy = factory?.createPolicy("corslab", rules) ?? rules

/**
 * Each element of the markup replaces the one with its id. If there is none, it goes
 * where its data-after or its data-into says.
 * @param {string} html from the lab's server
 */
export function place(html) {
  const template = document.createElement("template")
  template.innerHTML = policy.createHTML(html)
  for (const element of [...template.content.children]) {
    const old = document.getElementById(element.id)
    if (old) Idiomorph.morph(old, element, { ignoreActiveValue: true })
    else if (element instanceof HTMLElement) insert(element)
  }
}

/**
 * Places the parts that differ from what the page shows, and records the version of
 * each.
 * @param {{ html?: string, tags?: Record<string, string> }} update
 */
export function placeParts(update) {
  if (update.html) place(update.html)
  for (const [id, tag] of Object.entries(update.tags ?? {})) document.getElementById(id)?.setAttribute(TAG, tag)
  // The focused control kept its value, which may differ from the server's.
  if (document.activeElement?.matches("input, select, textarea")) forgetPart(document.activeElement)
}

/**
 * Lists the parts that are unchanged since the server sent them.
 * @returns {Record<string, string>} the tag of each, by id
 */
export function shownParts() {
  return Object.fromEntries([...document.querySelectorAll(`[${TAG}]`)].map((part) => [part.id, part.getAttribute(TAG) ?? ""]))
}

/**
 * Records that a part has changed since the server sent it.
 * @param {EventTarget | null} inside an element of the part
 */
export function forgetPart(inside) {
  if (inside instanceof Element) inside.closest(`[${TAG}]`)?.removeAttribute(TAG)
}

/**
 * @param {HTMLElement} element goes after the element that its data-after names, or to
 * the end of a list
 */
function insert(element) {
  const before = document.getElementById(element.dataset.after ?? "")
  const to = document.getElementById(element.dataset.into ?? "")
  if (before) before.after(element)
  else if ("first" in element.dataset) prepend(element, to)
  else append(element, to)
}

/**
 * @param {HTMLElement} element
 * @param {HTMLElement | null} to a list whose newest element is its first
 */
function prepend(element, to) {
  to?.prepend(element)
  if (to && to.children.length > Number(to.dataset.longest)) to.lastElementChild?.remove()
}

/**
 * @param {HTMLElement} element
 * @param {HTMLElement | null} to
 */
function append(element, to) {
  if (!to) return
  to.append(element)
  if (to.children.length > LONGEST_LIST) to.firstElementChild?.remove()
}
