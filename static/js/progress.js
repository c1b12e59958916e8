/**
 * What a learner has solved, as a value. Two of them merge to the same, in
 * whichever order: so pages that know different things come to agree.
 *
 * @typedef {{ shown?: string, solved?: string }} Entry when the solution of a scenario was shown, and when it was solved
 * @typedef {{ generation: number, scenarios: Map<string, Entry> }} Progress a reset begins a new generation
 * @typedef {"not-yet" | "shown" | "solved" | "helped"} Standing
 * @typedef {{ progress?: Progress, fault?: string, newer?: boolean }} Reading
 */

const VERSION = 1
const LONGEST_TEXT = 256 * 1024 // characters
const MOST_SCENARIOS = 1000
const LAST_GENERATION = 1e9

/** @returns {Progress} */
export const nothing = (generation = 0) => ({ generation, scenarios: new Map() })

/**
 * @param {Progress} progress
 * @param {string} id of a scenario
 * @returns {Standing}
 */
export function standing(progress, id) {
  const { shown, solved } = progress.scenarios.get(id) ?? {}
  if (!solved) return shown ? "shown" : "not-yet"
  return shown && shown <= solved ? "helped" : "solved"
}

/**
 * @param {Progress} progress
 * @param {string} id of a scenario
 */
export function isSolved(progress, id) {
  return progress.scenarios.get(id)?.solved !== undefined
}

/**
 * @param {Progress} a
 * @param {Progress} b
 * @returns {Progress} what both know: of each time the first, and nothing from before a reset
 */
export function merge(a, b) {
  if (a.generation !== b.generation) return a.generation > b.generation ? a : b
  const merged = nothing(a.generation)
  for (const [id, entry] of [...a.scenarios, ...b.scenarios]) {
    if (merged.scenarios.size < MOST_SCENARIOS || merged.scenarios.has(id)) {
      merged.scenarios.set(id, both(merged.scenarios.get(id) ?? {}, entry))
    }
  }
  return merged
}

/**
 * @param {Entry} a
 * @param {Entry} b
 * @returns {Entry}
 */
function both(a, b) {
  /** @type {Entry} */
  const entry = {}
  for (const what of /** @type {const} */ (["shown", "solved"])) {
    const first = [a[what], b[what]].filter((time) => time !== undefined).sort()[0]
    if (first) entry[what] = first
  }
  return entry
}

/**
 * @param {Progress} progress
 * @returns {string} the same for the same progress
 */
export function write({ generation, scenarios }) {
  const sorted = [...scenarios].sort(([a], [b]) => (a < b ? -1 : 1))
  return JSON.stringify({ corslab: "progress", version: VERSION, generation, scenarios: Object.fromEntries(sorted) }, null, 1)
}

/**
 * Reads what was written, or by somebody else, and leaves out what makes no
 * sense.
 * @param {string} text
 * @returns {Reading} the progress, or what was found in its place
 */
export function read(text) {
  if (text.length > LONGEST_TEXT) return { fault: `it has ${text.length} characters, at most ${LONGEST_TEXT} are read` }
  /** @type {any} */
  let found
  try {
    found = JSON.parse(text)
  } catch {
    return { fault: "it is not JSON" }
  }
  if (found?.corslab !== "progress") return { fault: "it is JSON, and something else" }
  if (found.version > VERSION) return { fault: `a newer corslab wrote it, in version ${Number(found.version)} of the format`, newer: true }
  if (found.version !== VERSION || !isObject(found.scenarios)) return { fault: "it says that it is, and holds no scenarios" }
  return { progress: { generation: readGeneration(found.generation), scenarios: readScenarios(found.scenarios) } }
}

/** @param {unknown} found */
const isObject = (found) => typeof found === "object" && found !== null && !Array.isArray(found)

/** @param {unknown} found */
function readGeneration(found) {
  return typeof found === "number" && Number.isInteger(found) && found >= 0 && found <= LAST_GENERATION ? found : 0
}

/**
 * @param {Record<string, any>} found
 * @returns {Map<string, Entry>}
 */
function readScenarios(found) {
  const entries = Object.entries(found)
    .filter(([id]) => id.length <= 100 && /^[a-z0-9]+(-[a-z0-9]+)*$/.test(id))
    .map(([id, entry]) => /** @type {[string, Entry]} */ ([id, both({}, { shown: readTime(entry?.shown), solved: readTime(entry?.solved) })]))
    .filter(([, entry]) => entry.shown || entry.solved)
  return new Map(entries.slice(0, MOST_SCENARIOS))
}

/**
 * @param {unknown} found
 * @returns {string | undefined} a time as Date.toISOString gives it, so that texts compare as times
 */
function readTime(found) {
  const isTime = typeof found === "string" && /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/.test(found) && !Number.isNaN(Date.parse(found))
  return isTime ? found : undefined
}
