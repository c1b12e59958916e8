/**
 * What a learner has solved, as a value. Merging two gives the same result in either
 * order, so that pages with different knowledge come to agree.
 *
 * @typedef {{ shown?: string, solved?: string }} Entry when the solution of a scenario was shown, and when it was solved
 * @typedef {{ generation: number, scenarios: Map<string, Entry> }} Progress a reset begins a new generation
 * @typedef {"not-yet" | "shown" | "solved" | "helped"} Standing
 * @typedef {{ progress?: Progress, dropped?: number, fault?: string, newer?: boolean }} Reading dropped is how many scenarios exceeded the limit
 */

const VERSION = 1
const LONGEST_TEXT = 256 * 1024 // characters
const MOST_SCENARIOS = 1000
const LAST_GENERATION = 1e9

/** How many scenarios an import can add that this lab doesn't have. */
export const MOST_UNKNOWN = 100

/** @type {ReadonlySet<string>} */
const NONE = new Set()

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
 * @param {ReadonlySet<string>} known ids that stay if there is no room for all
 * @returns {Progress} everything that either knows: the earlier of two times, and nothing from before a reset
 */
export function merge(a, b, known = NONE) {
  if (a.generation !== b.generation) return a.generation > b.generation ? a : b
  /** @type {Map<string, Entry>} */
  const scenarios = new Map()
  for (const [id, entry] of [...a.scenarios, ...b.scenarios]) scenarios.set(id, both(scenarios.get(id) ?? {}, entry))
  return { generation: a.generation, scenarios: bounded(scenarios, MOST_SCENARIOS, known) }
}

/**
 * Adds the scenarios of a file: all that this lab has, and a few others. A file can
 * hold anything, so times in the future become now; otherwise made-up entries would
 * outlast real ones.
 * @param {Progress} stored
 * @param {Progress} file
 * @param {ReadonlySet<string>} known
 * @param {string} now
 * @returns {{ progress: Progress, ignored: number }} the number of scenarios in the file that there was no room for
 */
export function add(stored, file, known, now) {
  const room = MOST_UNKNOWN - unknownIn(stored.scenarios, known).length
  const others = unknownIn(file.scenarios, known).filter(([id]) => !stored.scenarios.has(id))
  const added = bounded(new Map(others), Math.max(0, room), NONE)
  const taken = [...file.scenarios].filter(([id]) => known.has(id) || stored.scenarios.has(id) || added.has(id))
  const scenarios = new Map(taken.map(([id, entry]) => [id, notAfter(entry, now)]))
  return { progress: merge(stored, { generation: stored.generation, scenarios }, known), ignored: others.length - added.size }
}

/**
 * @param {Map<string, Entry>} scenarios
 * @param {ReadonlySet<string>} known
 */
const unknownIn = (scenarios, known) => [...scenarios].filter(([id]) => !known.has(id))

/**
 * @param {Entry} entry
 * @param {string} now
 * @returns {Entry} the same, with no time after now
 */
function notAfter({ shown, solved }, now) {
  return both({}, { shown: shown && shown > now ? now : shown, solved: solved && solved > now ? now : solved })
}

/**
 * @param {Map<string, Entry>} scenarios
 * @param {number} most
 * @param {ReadonlySet<string>} known
 * @returns {Map<string, Entry>} at most that many: known ones before others, and newer before older
 */
function bounded(scenarios, most, known) {
  if (scenarios.size <= most) return scenarios
  const first = [...scenarios].sort(([a, ofA], [b, ofB]) =>
    Number(known.has(b)) - Number(known.has(a)) || compare(latest(ofB), latest(ofA)) || compare(a, b))
  return new Map(first.slice(0, most))
}

/** @param {Entry} entry */
const latest = ({ shown = "", solved = "" }) => (shown > solved ? shown : solved)

/**
 * @param {string} a
 * @param {string} b
 */
const compare = (a, b) => (a < b ? -1 : Number(a > b))

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
 * @returns {string} the same text for the same progress
 */
export function write({ generation, scenarios }) {
  const sorted = [...scenarios].sort(([a], [b]) => (a < b ? -1 : 1))
  return JSON.stringify({ corslab: "progress", version: VERSION, generation, scenarios: Object.fromEntries(sorted) }, null, 1)
}

/**
 * Reads a text that this or another program wrote, and leaves out invalid entries.
 * @param {string} text
 * @param {ReadonlySet<string>} known ids that stay if there are too many
 * @returns {Reading} the progress, or what is wrong with the text
 */
export function read(text, known = NONE) {
  if (text.length > LONGEST_TEXT) return { fault: `it has ${text.length} characters, and the limit is ${LONGEST_TEXT}` }
  /** @type {any} */
  let found
  try {
    found = JSON.parse(text)
  } catch {
    return { fault: "it isn't JSON" }
  }
  if (found?.corslab !== "progress") return { fault: "it's JSON, but not progress" }
  if (found.version > VERSION) return { fault: `a newer corslab wrote it, in version ${Number(found.version)} of the format`, newer: true }
  if (found.version !== VERSION || !isObject(found.scenarios)) return { fault: "it holds no scenarios" }
  const all = readScenarios(found.scenarios)
  const scenarios = bounded(all, MOST_SCENARIOS, known)
  return { progress: { generation: readGeneration(found.generation), scenarios }, dropped: all.size - scenarios.size }
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
  return new Map(entries)
}

/**
 * @param {unknown} found
 * @returns {string | undefined} a time in the format of Date.toISOString, so that it can be compared as text
 */
function readTime(found) {
  const isTime = typeof found === "string" && /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/.test(found) && !Number.isNaN(Date.parse(found))
  return isTime ? found : undefined
}
