/**
 * What the learner has set, as it stands in the page's controls.
 *
 * @typedef {{ name: string, value: string, rule?: string, off?: boolean, own?: boolean }} Header
 * @typedef {{ status: number, headers: Header[], only_ok?: boolean, close?: boolean, delay?: number }} Answer
 * @typedef {{ preflight: Answer, response: Answer }} Place
 * @typedef {{ same_site: string, token?: boolean }} Account
 * @typedef {Place & { routes?: Place[], front?: { headers: Header[] }, account?: Account, cache?: string }} Policy
 * @typedef {{ headers?: Header[], [setting: string]: string | Header[] | undefined }} Script
 * @typedef {{ shape?: import("./shape.js").Shape, script: Script, policy: Policy }} Attempt
 */

import { readShape, readSurroundings } from "./shape.js"

// The server refuses texts and numbers beyond these bounds, and names the row.
const LONGEST = 10_000 // characters
const LARGEST = 1_000_000_000

/** @returns {Attempt} */
export function readAttempt() {
  /** @type {Attempt} */
  const attempt = { shape: readShape(), script: {}, policy: readPolicy() }
  for (const choice of document.querySelectorAll("[data-choice]")) {
    if (choice instanceof HTMLSelectElement) {
      attempt.script[choice.dataset.choice ?? ""] = choice.value
    }
  }
  if (group("script")) attempt.script.headers = readHeaders("script")
  return attempt
}

/** @returns {Policy} */
function readPolicy() {
  /** @type {Policy} */
  const policy = readPlace("")
  for (let i = 1; group(`response-${i}`); i++) (policy.routes ??= []).push(readPlace(`-${i}`))
  if (group("front")) policy.front = { headers: readHeaders("front") }
  readAround(policy)
  readSurroundings(policy)
  return policy
}

/** @param {Policy} policy which gets what stands around the answers */
function readAround(policy) {
  const sameSite = document.querySelector("[data-account=same_site]")
  const token = document.querySelector("[data-account=token]")
  const cache = document.querySelector("[data-cache]")
  if (sameSite instanceof HTMLSelectElement) policy.account = { same_site: sameSite.value }
  if (policy.account && token instanceof HTMLInputElement && token.checked) policy.account.token = true
  if (cache instanceof HTMLSelectElement) policy.cache = cache.value
}

/** @param {string} route "" for the API itself, "-1" for the first place with answers of its own */
const readPlace = (route) => ({ preflight: readAnswer("preflight" + route), response: readAnswer("response" + route) })

/**
 * @param {string} name
 * @returns {HTMLElement | null}
 */
const group = (name) => document.querySelector(`[data-group="${name}"]`)

/**
 * @param {string} name
 * @returns {Answer}
 */
function readAnswer(name) {
  /** @type {Answer} */
  const answer = { status: number(document.querySelector(`[data-status="${name}"]`)), headers: readHeaders(name) }
  for (const control of group(name)?.querySelectorAll("[data-conduct]") ?? []) {
    const what = /** @type {HTMLElement} */ (control).dataset.conduct
    if (what === "delay") answer.delay = number(control)
    else if (control instanceof HTMLInputElement && control.checked) answer[/** @type {"only_ok" | "close"} */ (what)] = true
  }
  return answer
}

/** @param {Element | null} control */
const number = (control) => (control instanceof HTMLInputElement ? Math.trunc(Math.max(-LARGEST, Math.min(Number(control.value), LARGEST))) : 0)

/**
 * @param {string} name
 * @returns {Header[]}
 */
function readHeaders(name) {
  return [...(group(name)?.querySelectorAll(".row") ?? [])].map((row) => {
    /** @type {Header} */
    const header = { name: rowName(row), value: (input(row, ".row__value")?.value ?? "").slice(0, LONGEST) }
    const rule = row.querySelector(".row__rule")
    if (rule instanceof HTMLSelectElement && rule.value) header.rule = rule.value
    if (!input(row, ".row__on")?.checked) header.off = true
    if (row.hasAttribute("data-own")) header.own = true
    return header
  })
}

/** @param {Element} row */
function rowName(row) {
  return input(row, "input.row__name")?.value.trim().slice(0, LONGEST) ?? row.querySelector(".row__name")?.textContent ?? ""
}

/**
 * @param {Element} row
 * @param {string} selector
 */
function input(row, selector) {
  const found = row.querySelector(selector)
  return found instanceof HTMLInputElement ? found : null
}

/**
 * Follows an edit of a control: a value that is written or chosen switches its
 * row on.
 * @param {EventTarget | null} control
 * @returns {boolean} whether the attempt has changed
 */
export function editRow(control) {
  if (control instanceof HTMLTextAreaElement) return true
  if (!(control instanceof HTMLInputElement || control instanceof HTMLSelectElement)) return false
  const row = control.closest(".row")
  if (!row || control.matches(".row__on")) return true
  const value = input(row, ".row__value")
  const on = input(row, ".row__on")
  if (!value || !on) return false
  if (control.matches(".row__presets")) {
    if (control.value === "") return false
    value.value = control.value
    control.value = ""
  }
  on.checked = true
  return true
}

/**
 * @param {Attempt} attempt
 * @param {string} group
 * @returns {Attempt} with an empty row of the learner's own
 */
export function addRow(attempt, group) {
  headersOf(attempt, group).push({ name: "", value: "", own: true })
  return attempt
}

/**
 * @param {Element} inside an element of a row
 * @returns {{ group: string, index: number }} where the row stands
 */
export function placeOf(inside) {
  const row = /** @type {Element} */ (inside.closest(".row"))
  const group = /** @type {HTMLElement} */ (inside.closest("[data-group]"))
  return { group: group.dataset.group ?? "", index: [...group.querySelectorAll(".row")].indexOf(row) }
}

/**
 * @param {Attempt} attempt
 * @param {{ group: string, index: number }} place of the row that goes
 * @returns {Attempt}
 */
export function removeRow(attempt, place) {
  headersOf(attempt, place.group).splice(place.index, 1)
  return attempt
}

/**
 * @param {Attempt} attempt
 * @param {string} name of a group
 * @returns {Header[]}
 */
function headersOf(attempt, name) {
  if (name === "script") return (attempt.script.headers ??= [])
  if (name === "front") return (attempt.policy.front ??= { headers: [] }).headers
  const [kind, route] = name.split("-")
  const place = route ? attempt.policy.routes?.[Number(route) - 1] : attempt.policy
  return place?.[kind === "preflight" ? "preflight" : "response"].headers ?? []
}
