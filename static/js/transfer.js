/** Export, import and reset of the learner's progress. */

import { isSolved, read, write } from "./progress.js"

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
  if (file.size > LARGEST_FILE) return refused(file, `it has ${file.size} bytes, at most ${LARGEST_FILE} are read`)
  const text = await file.text().catch(() => null)
  if (text === null) return refused(file, "it cannot be read")
  const { progress, fault } = read(text)
  if (!progress) return refused(file, fault ?? "")
  const solved = [...progress.scenarios.keys()].filter((id) => isSolved(progress, id))
  const added = solved.filter((id) => !isSolved(kept.progress, id))
  kept.add(progress)
  return `${file.name} tells of ${solved.length} solved, ${added.length} of them new here.`
}

/**
 * @param {File} file
 * @param {string} fault
 */
const refused = (file, fault) => `${file.name} is no exported progress: ${fault}. Nothing was changed.`

/** @param {string} text */
function say(text) {
  const said = document.getElementById("progress-said")
  if (said) said.textContent = text
}
