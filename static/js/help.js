/** The help dialog, and the key that opens it. */

const KEY = "corslab.help-key" // where the browser stores that the key is off

/** Opens the help by its button and its key, and closes it. */
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
  // Otherwise the page's own keys would work behind the help.
  help.addEventListener("keydown", (event) => event.stopPropagation())
  // Keys without Ctrl can be switched off, because speech input presses them by mistake.
  byKey.checked = read() !== "off"
  byKey.addEventListener("change", () => keep(byKey.checked ? "on" : "off"))
}

/** Throws if the browser stores nothing for sites. */
function read() {
  try {
    return localStorage.getItem(KEY)
  } catch {
    return null
  }
}

/** @param {string} state */
function keep(state) {
  try {
    localStorage.setItem(KEY, state)
  } catch {
    // Then the choice holds until the page is left.
  }
}

/** @param {EventTarget | null} target */
function isWriting(target) {
  return target instanceof Element && target.matches("input:not([type=checkbox]), select, textarea")
}
