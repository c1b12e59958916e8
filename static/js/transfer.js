/** Export, import and reset of the learner's progress. */

import { isSolved, MOST_UNKNOWN, write } from "./progress.js"

const LARGEST_FILE = 1 << 20 // bytes

/** @typedef {import("./store.js").ProgressStore} ProgressStore */

/** @param {ProgressStore} store */
export function handleTransfer(store) {
  const dialog = /** @type {HTMLDialogElement} */ (document.getElementById("progress-reset"))
  const file = /** @type {HTMLInputElement} */ (document.getElementById("progress-file"))
  /** @type {Record<string, () => void>} */
  const acts = {
    export: () => save(write(store.progress)),
    import: () => file.click(),
    ask: () => dialog.showModal(),
    keep: () => dialog.close(),
    reset: () => {
      store.reset()
      dialog.close()
      say("Your progress is forgotten.")
    },
  }
  for (const button of document.querySelectorAll("[data-progress]")) {
    button.addEventListener("click", acts[button.getAttribute("data-progress") ?? ""] ?? (() => {}))
  }
  file.addEventListener("change", async () => {
    const chosen = file.files?.[0]
    if (chosen) say(await take(store, chosen))
    file.value = "" // the same file can be chosen again
  })
}

/** @param {string} text */
function save(text) {
  const link = /** @type {HTMLAnchorElement} */ (document.getElementById("progress-saved"))
  link.href = URL.createObjectURL(new Blob([text + "\n"], { type: "application/json" }))
  link.click()
  URL.revokeObjectURL(link.href)
  say(`Exported as ${link.download}.`)
}

/**
 * @param {ProgressStore} store
 * @param {File} file
 * @returns {Promise<string>} the message to show
 */
async function take(store, file) {
  if (file.size > LARGEST_FILE) return refused(file, `it has ${file.size} bytes, and the limit is ${LARGEST_FILE}`)
  const text = await file.text().catch(() => null)
  if (text === null) return refused(file, "the browser can't read it")
  const { progress, dropped = 0, fault } = store.read(text)
  if (!progress) return refused(file, fault ?? "")
  const before = store.progress
  const ignored = dropped + store.add(progress)
  const solved = [...progress.scenarios.keys()].filter((id) => isSolved(progress, id) && isSolved(store.progress, id))
  const added = solved.filter((id) => !isSolved(before, id))
  return imported(solved.length, added.length) + (ignored ? ` ${full(ignored)}` : "")
}

/**
 * @param {number} solved
 * @param {number} added
 */
const imported = (solved, added) => `Imported ${solved} solved ${scenarios(solved)}, ${added} new.`

/** @param {number} count */
const scenarios = (count) => (count === 1 ? "scenario" : "scenarios")

/** @param {number} ignored */
const full = (ignored) => `Ignored ${ignored} ${scenarios(ignored)} that this lab doesn't have: it keeps at most ${MOST_UNKNOWN} of those.`

/**
 * @param {File} file
 * @param {string} fault
 */
const refused = (file, fault) => `${file.name} isn't exported progress: ${fault}. Nothing was changed.`

/** @param {string} text */
function say(text) {
  const said = document.getElementById("progress-said")
  if (said) said.textContent = text
}
