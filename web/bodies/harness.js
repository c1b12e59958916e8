/**
 * Loads bodies as everything that a browser can run, and reports which of them ran. The
 * server sends each with the type and the encoding in its path.
 */

const AT_ONCE = 12
const before = new Set(Object.getOwnPropertyNames(globalThis))
globalThis.corslab = "" // the lab's own files set it
for (const name of ["corslab", "pwned", "play", "before"]) before.add(name)

/** Whether code has run in this document since the last call. */
const ran = () => {
  const strange = Object.getOwnPropertyNames(globalThis).filter((name) => !before.has(name))
  for (const name of strange) before.add(name)
  const did = globalThis.pwned !== undefined || strange.length > 0
  globalThis.pwned = undefined
  return did
}

const settled = (element) => new Promise((resolve) => {
  element.onload = element.onerror = () => resolve()
  document.head.append(element)
})

const asScript = async (url) => {
  const script = Object.assign(document.createElement("script"), { src: url })
  await settled(script)
  script.remove()
  return ran()
}

const asModule = async (url) => {
  await import(url).catch(() => {})
  return ran()
}

const asStyle = async (url) => {
  const link = Object.assign(document.createElement("link"), { rel: "stylesheet", href: url })
  await settled(link)
  const applied = getComputedStyle(document.documentElement).getPropertyValue("--pwned") !== ""
  link.remove()
  return applied
}

/** A body that isn't a script ends with an error; a script posts its message before that. */
const asWorker = (type) => (url) => new Promise((resolve) => {
  const worker = new Worker(url, { type })
  worker.onmessage = () => (worker.terminate(), resolve(true))
  worker.onerror = (event) => (event.preventDefault(), worker.terminate(), resolve(false))
})

const asDocument = async (url) => {
  const frame = Object.assign(document.createElement("iframe"), { src: url })
  const loaded = settled(frame)
  await loaded
  const strange = frame.contentWindow.pwned !== undefined || frame.contentDocument.querySelector("script, svg, [onload]") !== null
  frame.remove()
  return strange
}

/** Loads many bodies in one worker, because a worker for each takes too long. */
const inOneWorker = (type, urls) => new Promise((resolve) => {
  const worker = new Worker(`/loader-${type}.js`, { type })
  worker.onmessage = ({ data }) => {
    if (!data.done) return // a body posted this; the list will show it too
    worker.terminate()
    resolve(data.ran)
  }
  worker.postMessage(urls)
})

const kinds = {
  script: asScript, module: asModule, style: asStyle, html: asDocument, svg: asDocument,
  worker: asWorker("classic"), moduleworker: asWorker("module"),
}

/** @returns {Promise<string[]>} the addresses of the bodies that ran */
globalThis.play = async (kind, urls) => {
  if (kind === "imported") return inOneWorker("classic", urls)
  if (kind === "importedmodule") return inOneWorker("module", urls)
  const did = []
  const waiting = urls.values()
  await Promise.all(Array.from({ length: AT_ONCE }, async () => {
    for (const url of waiting) if (await kinds[kind](url)) did.push(url)
  }))
  return did
}
