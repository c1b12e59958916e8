/**
 * The learner's choice of theme. It is a classic script in the head, so that a page
 * never flashes the other theme.
 */
{
  const KEY = "corslab-theme"
  const THEMES = ["system", "light", "dark"]

  /** @returns {string} "system" if nothing else was chosen, or nothing can be stored */
  const stored = () => {
    try {
      return localStorage.getItem(KEY) ?? "system"
    } catch {
      return "system"
    }
  }

  /** @param {string} theme */
  const apply = (theme) => {
    document.documentElement.dataset.theme = THEMES.includes(theme) ? theme : "system"
    const choice = document.getElementById("theme")
    if (choice instanceof HTMLSelectElement) choice.value = document.documentElement.dataset.theme
  }

  /** @param {string} theme */
  const choose = (theme) => {
    apply(theme)
    try {
      localStorage.setItem(KEY, theme)
    } catch {
      // Then it holds for this page only.
    }
  }

  apply(stored())
  addEventListener("DOMContentLoaded", () => apply(stored()))
  addEventListener("change", (event) => {
    if (event.target instanceof HTMLSelectElement && event.target.id === "theme") choose(event.target.value)
  })
  addEventListener("storage", (event) => {
    if (event.key === KEY) apply(event.newValue ?? "system")
  })
}
