/** Export, import and reset of the learner's progress. */

import { isSolved, MOST_UNKNOWN, write } from "./progress.js"

const LARGEST_FILE = 1 << 20 // bytes

/** @typedef {import("./kept.js").Kept} Kept */

/** @param {Kept} kept */
export function handleTransfer(kept) {
  const dialog = /** @type {HTMLDialogElement} */ (document.getElementById("progress-reset"))
  const file = /** @type {HTMLInputElement} */ (document.getElementById("progress-file"))
  /** @type {Record<string, () => void>} */
  const acts = {
    export: () => save(write(kept.progress)),
    import: () => file.click(),
    ask: () => dialog.showModal(),
    keep: () => dialog.close(),
    reset: () => {
      kept.reset()
      dialog.close()
      say("Your progress is forgotten.")
    },
  }
  for (const button of document.querySelectorAll("[data-progress]")) {
    button.addEventListener("click", acts[button.getAttribute("data-progress") ?? ""] ?? (() => {}))
  }
  file.addEventListener("change", async () => {
    const chosen = file.files?.[0]
    if (chosen) say(await take(kept, chosen))
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
 * @param {Kept} kept
 * @param {File} file
 * @returns {Promise<string>} what came of it
 */
async function take(kept, file) {
  if (file.size > LARGEST_FILE) return refused(file, `it has ${file.size} bytes, and the limit is ${LARGEST_FILE}`)
  const text = await file.text().catch(() => null)
  if (text === null) return refused(file, "the browser can't read it")
  const { progress, dropped = 0, fault } = kept.read(text)
  if (!progress) return refused(file, fault ?? "")
  const before = kept.progress
  const ignored = dropped + kept.add(progress)
  const solved = [...progress.scenarios.keys()].filter((id) => isSolved(progress, id) && isSolved(kept.progress, id))
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
