/** Saves the sandbox's settings as a scenario file. */

import { say, tell } from "./notice.js"

/**
 * @param {import("./session.js").Session} session
 * @param {import("./editor.js").Editor} editor
 */
export async function saveFile(session, editor) {
  await editor.settled()
  const { name = "", text, error } = await session.file()
  if (text === undefined) return tell(error ?? "The lab made no file of it.")
  const link = /** @type {HTMLAnchorElement} */ (document.getElementById("file"))
  link.href = URL.createObjectURL(new Blob([text], { type: "application/yaml" }))
  link.download = name
  link.click()
  URL.revokeObjectURL(link.href)
  tell("")
  say(`Saved as ${name}.`)
}
