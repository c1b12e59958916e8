/** Brings a specimen into its state by what brings the page of a scenario there. */

import { markFailed } from "./failed.js"
import { place } from "./fragments.js"
import { handleLinks } from "./marks.js"
import { showLeft } from "./memory.js"
import { markPairs } from "./paired.js"
import { markBusy, markRunning } from "./send.js"

const LOOKED_AT = Date.UTC(2026, 10, 22, 12, 1) // on the imagined day, a minute after its sessions began

const arrived = document.getElementById("arrived")
if (arrived) place(arrived.innerHTML)
markFailed()
showLeft(LOOKED_AT)
if ("running" in document.body.dataset) {
  markBusy(true)
  markRunning(0)
}
if ("open" in document.body.dataset) {
  for (const fold of document.querySelectorAll("details")) fold.open = true
}
handleLinks()
markPairs()
