/**
 * The page's address holds what the learner has set, so that every address is
 * a link to it. Origins stand in it as placeholders: another lab may have other
 * ports.
 */

/**
 * @typedef {import("./attempt.js").Attempt} Attempt
 * @typedef {Record<string, string>} Origins
 */

/**
 * @param {Attempt} attempt
 * @param {string} start the scenario's own attempt, which needs no link
 * @param {Origins} origins
 */
export function writeLink(attempt, start, origins) {
  const text = JSON.stringify(attempt)
  const hash = text === start ? "" : "#" + encode(placeholders(text, origins))
  if (hash !== location.hash) history.replaceState(history.state, "", location.pathname + location.search + hash)
  const sandbox = document.getElementById("to-sandbox")
  if (sandbox instanceof HTMLAnchorElement) sandbox.hash = hash
}

/**
 * @param {Origins} origins
 * @returns {{ attempt: Attempt | null, broken: boolean }}
 */
export function readLink(origins) {
  const code = location.hash.slice(1)
  if (code === "") return { attempt: null, broken: false }
  try {
    let text = decode(code)
    for (const [name, origin] of Object.entries(origins)) text = text.replaceAll(`{${name}}`, origin)
    const attempt = JSON.parse(text)
    return typeof attempt?.policy === "object" ? { attempt, broken: false } : { attempt: null, broken: true }
  } catch {
    return { attempt: null, broken: true }
  }
}

/**
 * Puts the page's address where one pastes from.
 * @returns {Promise<boolean>} false where the browser does not let a page do so
 */
export async function copyLink() {
  try {
    await navigator.clipboard.writeText(location.href)
    return true
  } catch {
    return false
  }
}

/**
 * @param {string} text
 * @param {Origins} origins
 */
function placeholders(text, origins) {
  const longestFirst = Object.entries(origins).sort(([, a], [, b]) => b.length - a.length)
  for (const [name, origin] of longestFirst) {
    const literal = origin.replace(/[.[\]]/g, "\\$&")
    // What goes on with such a character is another host or port.
    text = text.replaceAll(new RegExp(literal + "(?![\\w.:-])", "g"), `{${name}}`)
  }
  return text
}

/** @param {string} text */
function encode(text) {
  const bytes = new TextEncoder().encode(text)
  return btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join("")).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "")
}

/** @param {string} code */
function decode(code) {
  const bytes = Uint8Array.from(atob(code.replaceAll("-", "+").replaceAll("_", "/")), (c) => c.charCodeAt(0))
  return new TextDecoder("utf-8", { fatal: true }).decode(bytes)
}
