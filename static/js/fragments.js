/** Puts server-made markup in its place. No other script makes markup. */

import { Idiomorph } from "../vendor/idiomorph.js"

/**
 * @typedef {{ createHTML(html: string): string }} HTMLPolicy
 * @typedef {{ createPolicy(name: string, rules: HTMLPolicy): HTMLPolicy }} PolicyFactory
 */

const factory = /** @type {{ trustedTypes?: PolicyFactory }} */ (window).trustedTypes
const LONGEST_LIST = 100 // elements; the oldest go
const rules = { createHTML: (/** @type {string} */ html) => html }
const policy = factory?.createPolicy("corslab", rules) ?? rules

/**
 * Each element of the markup replaces the one with its id, if there is one;
 * otherwise it goes where its data-after or its data-into says.
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

/** @param {HTMLElement} element goes behind the one that its data-after names, else to an end of a list */
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
