/** Reads progress for the fuzz test in Go: each line in is a JSON text, and each line out is the result. */

import { createInterface } from "node:readline"

import { add, nothing, read, write } from "../js/progress.js"

const KNOWN = new Set(["no-cors", "json-body"])

/**
 * @param {string} text
 * @returns {string} what is wrong with the result, or nothing
 */
function check(text) {
  const { progress, fault } = read(text, KNOWN)
  if (!progress) return typeof fault === "string" && fault !== "" && fault.length < 200 ? "" : `the fault is ${fault}`
  const written = write(progress)
  if (written.length > 256 * 1024) return `${written.length} characters are written`
  if (write(read(written, KNOWN).progress ?? nothing()) !== written) return "what is written reads differently"
  const kept = add(nothing(), progress, KNOWN, new Date().toISOString()).progress
  for (const id of KNOWN) {
    if (isThere(text, id) && !kept.scenarios.has(id)) return `${id} is lost`
  }
  return kept.scenarios.size > 100 + KNOWN.size ? `${kept.scenarios.size} scenarios are kept` : ""
}

/**
 * @param {string} text
 * @param {string} id
 */
const isThere = (text, id) => /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/.test(JSON.parse(text).scenarios[id]?.solved) &&
  !Number.isNaN(Date.parse(JSON.parse(text).scenarios[id].solved))

for await (const line of createInterface({ input: process.stdin })) {
  let found
  try {
    found = check(JSON.parse(line))
  } catch (error) {
    found = `it throws ${error}`
  }
  console.log(JSON.stringify(found))
}
