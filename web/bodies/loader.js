/**
 * A worker that loads one body after another, and reports which of them ran. The server
 * puts load() in front, for a classic worker or a module.
 */

self.corslab = "" // the lab's own files set it
self.pwned = undefined

self.onmessage = async ({ data: urls }) => {
  const ran = []
  const before = new Set(Object.getOwnPropertyNames(self))
  for (const url of urls) {
    try {
      await load(url)
    } catch {
      // it isn't a script
    }
    const strange = Object.getOwnPropertyNames(self).filter((name) => !before.has(name))
    for (const name of strange) before.add(name)
    if (self.pwned !== undefined || strange.length > 0) ran.push(url)
    self.pwned = undefined
  }
  postMessage({ done: true, ran })
}
