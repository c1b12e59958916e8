/**
 * What the learner has set, as it stands in the page's controls.
 *
 * @typedef {{ name: string, value: string, off?: boolean, own?: boolean }} Header
 * @typedef {{ status: number, headers: Header[] }} Answer
 * @typedef {{ method?: string, mode?: string, credentials?: string, headers?: Header[] }} Script
 * @typedef {{ script: Script, policy: { preflight: Answer, response: Answer } }} Attempt
 */

/** @returns {Attempt} */
export function readAttempt() {
  /** @type {Attempt} */
  const attempt = { script: {}, policy: { preflight: readAnswer("preflight"), response: readAnswer("response") } }
  for (const choice of document.querySelectorAll("[data-choice]")) {
    if (choice instanceof HTMLSelectElement) {
      attempt.script[/** @type {"method" | "mode" | "credentials"} */ (choice.dataset.choice)] = choice.value
    }
  }
  if (document.querySelector('[data-group="script"]')) attempt.script.headers = readHeaders("script")
  return attempt
}

/**
 * @param {string} group
 * @returns {Answer}
 */
function readAnswer(group) {
  const status = document.querySelector(`[data-status="${group}"]`)
  return { status: status instanceof HTMLInputElement ? Math.trunc(Number(status.value)) : 0, headers: readHeaders(group) }
}

/**
 * @param {string} group
 * @returns {Header[]}
 */
function readHeaders(group) {
  return [...document.querySelectorAll(`[data-group="${group}"] .row`)].map((row) => {
    /** @type {Header} */
    const header = { name: rowName(row), value: input(row, ".row__value")?.value ?? "" }
    if (!input(row, ".row__on")?.checked) header.off = true
    if (row.hasAttribute("data-own")) header.own = true
    return header
  })
}

/** @param {Element} row */
function rowName(row) {
  return input(row, "input.row__name")?.value.trim() ?? row.querySelector(".row__name")?.textContent ?? ""
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
 * @param {string} group
 */
function headersOf(attempt, group) {
  if (group === "script") return (attempt.script.headers ??= [])
  return attempt.policy[group === "preflight" ? "preflight" : "response"].headers
}
