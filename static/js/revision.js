/** The scenario has a new version: it is loaded when the learner wants it. */

/**
 * Loads the page again, with what is set, which its address holds.
 * @param {import("./editor.js").Editor} editor
 */
export async function renew(editor) {
  await editor.settled()
  if (editor.refused && !confirm("What you typed last is not in force, and would be lost. Load the new version all the same?")) return
  location.reload()
}
