/**
 * Brings a sample into its state, with the code that does the same on a scenario's page.
 */

import { markFailed } from "./failed.js"
import { place } from "./fragments.js"
import { handleLinks } from "./marks.js"
import { showLeft } from "./caches.js"
import { markPairs } from "./paired.js"
import { markBusy, markRunning } from "./send.js"

const arrived = document.getElementById("arrived")
if (arrived) place(arrived.innerHTML)
markFailed()
showLeft()
if ("running" in document.body.dataset) {
  markBusy(true)
  markRunning(0)
}
if ("open" in document.body.dataset) {
  for (const fold of document.querySelectorAll("details")) fold.open = true
}
handleLinks()
markPairs()
