/**
 * The inputs that only a sandbox has: the rest of the request, and the routes,
 * the proxy, the account and the cache around the replies.
 *
 * @typedef {{ api: string, path: string }} Address
 * @typedef {{ from: string, in: string, kind: string, url: Address, pinned: boolean, redirect: string, body: string, text: string,
 *   places: Address[] }} Shape
 * @typedef {import("./attempt.js").Attempt} Attempt
 * @typedef {import("./attempt.js").Policy} Policy
 */

const LONGEST = 10_000 // characters; the server refuses longer texts

/**
 * @returns {Shape | undefined} what the controls hold; undefined outside of a sandbox
 */
export function readShape() {
  const panel = document.querySelector(".shape")
  if (!panel) return undefined
  /** @type {Record<string, unknown>} */
  const shape = { url: readAddress(panel) }
  for (const control of panel.querySelectorAll("[data-shape]")) {
    const part = /** @type {HTMLElement} */ (control).dataset.shape ?? ""
    shape[part] = control instanceof HTMLInputElement && control.type === "checkbox" ? control.checked : /** @type {HTMLInputElement} */ (control).value.slice(0, LONGEST)
  }
  shape.places = [...document.querySelectorAll("[data-shape-route]")].map(readAddress)
  return /** @type {Shape} */ (shape)
}

/** @param {Element} inside */
function readAddress(inside) {
  /** @param {string} part */
  const read = (part) => /** @type {HTMLInputElement | null} */ (inside.querySelector(`[data-address=${part}]`))?.value.slice(0, LONGEST) ?? ""
  return { api: read("api"), path: read("path").trim() }
}

/**
 * Adds what was ticked around the replies to the policy, and removes what was cleared.
 * @param {Policy} policy
 */
export function readSurroundings(policy) {
  const front = has("front")
  const account = has("account")
  const cache = has("cache")
  if (front !== undefined) policy.front = front ? (policy.front ?? { headers: [] }) : undefined
  if (account !== undefined) policy.account = account ? (policy.account ?? { same_site: "unset" }) : undefined
  if (cache !== undefined) policy.cache = cache ? (policy.cache ?? "blind") : undefined
}

/**
 * @param {string} what
 * @returns {boolean | undefined} undefined if there is no such choice
 */
function has(what) {
  const box = document.querySelector(`[data-has=${what}]`)
  return box instanceof HTMLInputElement ? box.checked : undefined
}

/**
 * @param {Attempt} attempt
 * @returns {Attempt} with a route that has replies of its own
 */
export function addRoute(attempt) {
  const taken = attempt.shape?.places.length ?? 0
  attempt.shape?.places.push({ api: "api2", path: taken ? `/messages/${taken - 1}` : "/messages" })
  const routes = (attempt.policy.routes ??= [])
  routes.push({ preflight: { status: 204, headers: [] }, response: { status: 200, headers: [] } })
  return attempt
}

/**
 * @param {Attempt} attempt
 * @param {number} index
 * @returns {Attempt} without that route
 */
export function removeRoute(attempt, index) {
  attempt.shape?.places.splice(index, 1)
  attempt.policy.routes?.splice(index, 1)
  return attempt
}
