import assert from "node:assert/strict"
import { test } from "node:test"

import { add, isSolved, merge, MOST_UNKNOWN, nothing, read, standing, write } from "../js/progress.js"

const NOW = "2026-06-01T12:00:00.000Z"
const BEFORE = "2026-05-01T12:00:00.000Z"
const FUTURE = "9999-12-31T23:59:59.999Z"

/**
 * @param {string[]} ids
 * @param {string} time
 */
const solvedAt = (ids, time) => ({ generation: 0, scenarios: new Map(ids.map((id) => [id, { solved: time }])) })

/** @param {number} count */
const madeUp = (count, from = 0) => Array.from({ length: count }, (_, i) => `aaa-${from + i}`)

const KNOWN = new Set(["no-cors", "json-body", "zz-last"])

test("an import keeps what this lab has, however much else the file holds", () => {
  for (const count of [0, 1, MOST_UNKNOWN, 1000, 5000]) {
    const file = solvedAt([...madeUp(count), ...KNOWN], FUTURE)
    const { progress, ignored } = add(nothing(), file, KNOWN, NOW)
    for (const id of KNOWN) assert(isSolved(progress, id), `${id} beside ${count} others`)
    assert.equal(ignored, Math.max(0, count - MOST_UNKNOWN))
    assert.equal(progress.scenarios.size, KNOWN.size + Math.min(count, MOST_UNKNOWN))
  }
})

test("scenarios solved after imports of made-up ones are kept", () => {
  let kept = nothing()
  for (let round = 0; round < 30; round++) {
    kept = add(kept, solvedAt(madeUp(500, round * 500), FUTURE), KNOWN, NOW).progress
  }
  for (const id of KNOWN) kept = merge(kept, solvedAt([id], NOW), new Set([id]))
  for (const id of KNOWN) assert(isSolved(kept, id), id)
})

test("full progress takes one more known scenario, and drops the oldest", () => {
  const full = merge(solvedAt(madeUp(999), NOW), solvedAt(["old"], BEFORE))
  const more = merge(full, solvedAt(["no-cors"], BEFORE), KNOWN)
  assert.equal(more.scenarios.size, 1000)
  assert(isSolved(more, "no-cors"))
  assert(!isSolved(more, "old"))
})

test("times of a file are not in the future", () => {
  const { progress } = add(nothing(), solvedAt(["no-cors"], FUTURE), KNOWN, NOW)
  assert.deepEqual(progress.scenarios.get("no-cors"), { solved: NOW })
})

test("a file changes neither what is kept nor its generation", () => {
  const kept = { ...solvedAt(["no-cors"], BEFORE), generation: 7 }
  const { progress } = add(kept, solvedAt(["no-cors", "json-body"], NOW), KNOWN, NOW)
  assert.equal(progress.generation, 7)
  assert.deepEqual(progress.scenarios.get("no-cors"), { solved: BEFORE })
  assert(isSolved(progress, "json-body"))
})

test("the order of a merge doesn't matter", () => {
  const a = solvedAt(madeUp(800), BEFORE)
  const b = solvedAt([...madeUp(800, 400), "no-cors"], NOW)
  assert.equal(write(merge(a, b, KNOWN)), write(merge(b, a, KNOWN)))
  assert.equal(write(merge(a, nothing(1))), write(nothing(1)))
})

test("reading keeps this lab's scenarios first, and says how many it dropped", () => {
  const ids = [...madeUp(2000), ...KNOWN]
  const text = JSON.stringify({ corslab: "progress", version: 1, scenarios: Object.fromEntries(ids.map((id) => [id, { solved: NOW }])) })
  const { progress, dropped } = read(text, KNOWN)
  assert(progress)
  for (const id of KNOWN) assert(isSolved(progress, id), id)
  assert.equal(progress.scenarios.size, 1000)
  assert.equal(dropped, ids.length - 1000)
})

test("the longest progress can be read again", () => {
  const ids = Array.from({ length: 1000 }, (_, i) => String(i).padStart(100, "0"))
  const longest = { generation: 1e9, scenarios: new Map(ids.map((id) => [id, { shown: BEFORE, solved: NOW }])) }
  assert.deepEqual(read(write(longest)).progress, longest)
})

test("reading leaves out invalid entries", () => {
  const text = `{"corslab":"progress","version":1,"generation":-1,"scenarios":{"no-cors":{"solved":"${NOW}","shown":7},
    "__proto__":{"solved":"${NOW}"},"constructor":{"solved":"x"},"No Id":{"solved":"${NOW}"},"custom-header":null,"json-body":[]}}`
  assert.deepEqual(read(text).progress, solvedAt(["no-cors"], NOW))
})

test("a text that isn't progress is refused with the reason", () => {
  for (const [text, fault] of [
    ["\0", "it isn't JSON"],
    ["[]", "it's JSON, but not progress"],
    [`{"corslab":"progress","version":9}`, "a newer corslab wrote it, in version 9 of the format"],
    [`{"corslab":"progress","version":1}`, "it holds no scenarios"],
    [" ".repeat(300_000), "it has 300000 characters, and the limit is 262144"],
  ]) assert.equal(read(text ?? "").fault, fault)
})

test("a solution that was shown first counts as help", () => {
  const helped = merge(solvedAt(["no-cors"], NOW), { generation: 0, scenarios: new Map([["no-cors", { shown: BEFORE }]]) })
  assert.equal(standing(helped, "no-cors"), "helped")
})
