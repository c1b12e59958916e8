/** Loads a new version of the scenario when the learner asks for it. */

/**
 * Reloads the page. Its address keeps the learner's settings.
 * @param {import("./editor.js").Editor} editor
 */
export async function renew(editor) {
  await editor.settled()
  if (editor.refused && !confirm("What you typed last is not in force, and would be lost. Load the new version all the same?")) return
  location.reload()
}
