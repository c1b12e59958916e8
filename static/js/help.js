/** The help over the page, and the key that opens it. */

const KEPT = "corslab.help-key" // where the browser keeps that the key is off

/** Opens the help at its button and its key, and closes it. */
export function handleHelp() {
  const help = /** @type {HTMLDialogElement} */ (document.getElementById("help"))
  const byKey = /** @type {HTMLInputElement} */ (document.getElementById("help-key"))
  const button = document.querySelector("[data-help=open]")
  button?.addEventListener("click", () => help.showModal())
  help.querySelector("[data-help=close]")?.addEventListener("click", () => help.close())
  document.addEventListener("keydown", (event) => {
    if (event.key !== "?" || event.ctrlKey || event.metaKey || event.altKey) return
    if (byKey.checked && !isWriting(event.target)) help.showModal()
  })
  // The page's own keys would work behind the help.
  help.addEventListener("keydown", (event) => event.stopPropagation())
  // A key without Ctrl can be switched off: speech input presses such keys by mistake.
  byKey.checked = read() !== "off"
  byKey.addEventListener("change", () => keep(byKey.checked ? "on" : "off"))
}

/** A browser that keeps nothing for sites throws. */
function read() {
  try {
    return localStorage.getItem(KEPT)
  } catch {
    return null
  }
}

/** @param {string} state */
function keep(state) {
  try {
    localStorage.setItem(KEPT, state)
  } catch {
    // The choice holds until the page is left.
  }
}

/** @param {EventTarget | null} target */
function isWriting(target) {
  return target instanceof Element && target.matches("input:not([type=checkbox]), select, textarea")
}
