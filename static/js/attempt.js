/**
 * The learner's settings, read from the page's controls.
 *
 * @typedef {{ name: string, value: string, rule?: string, off?: boolean, own?: boolean }} Header
 * @typedef {{ status: number, headers: Header[], only_ok?: boolean, close?: boolean, delay?: number }} Reply
 * @typedef {{ preflight: Reply, response: Reply }} Replies
 * @typedef {{ kind: string, route: number }} Group what header rows belong to: the script, or a reply of the API (route 0) or of a route
 * @typedef {{ same_site: string, token?: boolean }} Account
 * @typedef {Replies & { routes?: Replies[], front?: { headers: Header[] }, account?: Account, cache?: string }} Policy
 * @typedef {{ headers?: Header[], [setting: string]: string | Header[] | undefined }} Script
 * @typedef {{ shape?: import("./shape.js").Shape, script: Script, policy: Policy }} Attempt
 */

import { readShape, readSurroundings } from "./shape.js"

// The server rejects longer texts and larger numbers, and names the row.
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
  if (element({ kind: "script", route: 0 })) attempt.script.headers = readHeaders({ kind: "script", route: 0 })
  return attempt
}

/** @returns {Policy} */
function readPolicy() {
  /** @type {Policy} */
  const policy = readReplies(0)
  for (let route = 1; element({ kind: "response", route }); route++) (policy.routes ??= []).push(readReplies(route))
  if (element({ kind: "front", route: 0 })) policy.front = { headers: readHeaders({ kind: "front", route: 0 }) }
  readOptions(policy)
  readSurroundings(policy)
  return policy
}

/** @param {Policy} policy gets the account and the shared cache */
function readOptions(policy) {
  const sameSite = document.querySelector("[data-account=same_site]")
  const token = document.querySelector("[data-account=token]")
  const cache = document.querySelector("[data-cache]")
  if (sameSite instanceof HTMLSelectElement) policy.account = { same_site: sameSite.value }
  if (policy.account && token instanceof HTMLInputElement && token.checked) policy.account.token = true
  if (cache instanceof HTMLSelectElement) policy.cache = cache.value
}

/** @param {number} route 0 for the API itself, and from 1 on for the policy's routes */
const readReplies = (route) => ({ preflight: readReply({ kind: "preflight", route }), response: readReply({ kind: "response", route }) })

/**
 * @param {Group} group
 * @returns {HTMLElement | null}
 */
const element = ({ kind, route }) => document.querySelector(`[data-group][data-kind="${kind}"][data-route="${route}"]`)

/**
 * @param {Group} group
 * @returns {Reply}
 */
function readReply(group) {
  const rows = element(group)
  /** @type {Reply} */
  const reply = { status: number(rows?.querySelector("[data-status]")), headers: readHeaders(group) }
  for (const control of rows?.querySelectorAll("[data-conduct]") ?? []) {
    const what = /** @type {HTMLElement} */ (control).dataset.conduct
    if (what === "delay") reply.delay = number(control)
    else if (control instanceof HTMLInputElement && control.checked) reply[/** @type {"only_ok" | "close"} */ (what)] = true
  }
  return reply
}

/** @param {Element | null | undefined} control */
const number = (control) => (control instanceof HTMLInputElement ? Math.trunc(Math.max(-LARGEST, Math.min(Number(control.value), LARGEST))) : 0)

/**
 * @param {Group} group
 * @returns {Header[]}
 */
function readHeaders(group) {
  return [...(element(group)?.querySelectorAll(".row") ?? [])].map((row) => {
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
 * Handles an edit of a control. Writing or choosing a value switches its row on.
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
 * @param {Group} group
 * @returns {Attempt} with a new, empty row
 */
export function addRow(attempt, group) {
  headersOf(attempt, group).push({ name: "", value: "", own: true })
  return attempt
}

/**
 * @param {Element} inside an element of a group
 * @returns {Group}
 */
export function groupOf(inside) {
  const { kind, route } = /** @type {HTMLElement} */ (inside.closest("[data-group]")).dataset
  return { kind: kind ?? "", route: Number(route) }
}

/**
 * @param {Element} inside an element of a row
 * @returns {{ group: Group, index: number }} the row's group, and its index there
 */
export function rowOf(inside) {
  const rows = [...(inside.closest("[data-group]")?.querySelectorAll(".row") ?? [])]
  return { group: groupOf(inside), index: rows.indexOf(/** @type {Element} */ (inside.closest(".row"))) }
}

/**
 * @param {Attempt} attempt
 * @param {{ group: Group, index: number }} row to remove
 * @returns {Attempt}
 */
export function removeRow(attempt, row) {
  headersOf(attempt, row.group).splice(row.index, 1)
  return attempt
}

/**
 * @param {Attempt} attempt
 * @param {Group} group
 * @returns {Header[]}
 */
function headersOf(attempt, { kind, route }) {
  if (kind === "script") return (attempt.script.headers ??= [])
  if (kind === "front") return (attempt.policy.front ??= { headers: [] }).headers
  const replies = route ? attempt.policy.routes?.[route - 1] : attempt.policy
  return replies?.[kind === "preflight" ? "preflight" : "response"].headers ?? []
}
