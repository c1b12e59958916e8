// Asks its server for one exchange after another, makes the request exactly as each
// says, and reports what a script can observe.

const text = "hello"

/** The bodies of requests, by name. */
const bodies = {
  none: () => null,
  text: () => text,
  form: () => new URLSearchParams({ text }),
  multipart: () => {
    const form = new FormData()
    form.append("text", text)
    return form
  },
  bytes: () => new TextEncoder().encode(text),
  "json-blob": () => new Blob([JSON.stringify({ text })], { type: "application/json" }),
  stream: () => new ReadableStream({
    start(controller) {
      controller.enqueue(new TextEncoder().encode(text))
      controller.close()
    },
  }),
}

const outcomes = { basic: "readable", cors: "readable", opaque: "opaque", opaqueredirect: "opaqueredirect" }
const blocked = { outcome: "blocked", type: "", status: 0, headers: [] }

async function playFetch(url, request) {
  const headers = new Headers()
  for (const [name, value] of request.headers ?? []) headers.append(name, value)
  const init = {
    method: request.method || "GET",
    headers,
    mode: request.mode || "cors",
    credentials: request.credentials || "same-origin",
    redirect: request.redirect || "follow",
  }
  const body = bodies[request.body || "none"]()
  if (body !== null) init.body = body
  if (request.body === "stream") init.duplex = "half"
  const response = await fetch(url, init)
  await response.arrayBuffer().catch(() => {}) // frees the connection
  return { outcome: outcomes[response.type], type: response.type, status: response.status, headers: [...response.headers.keys()] }
}

function playXHR(url, request) {
  return new Promise((resolve, reject) => {
    const xhr = new XMLHttpRequest()
    xhr.open(request.method || "GET", url)
    xhr.withCredentials = request.credentials === "include"
    for (const [name, value] of request.headers ?? []) xhr.setRequestHeader(name, value)
    if (request.upload_listener) xhr.upload.addEventListener("progress", () => {})
    xhr.onload = () => {
      const lines = xhr.getAllResponseHeaders().split("\r\n").filter(Boolean)
      const headers = lines.map((line) => line.slice(0, line.indexOf(":")).toLowerCase())
      resolve({ outcome: "readable", type: "", status: xhr.status, headers })
    }
    xhr.onerror = reject
    xhr.send(bodies[request.body || "none"]())
  })
}

async function play({ id, request, hops }) {
  console.log(`exchange ${id}`)
  try {
    return await (request.initiator === "xhr" ? playXHR : playFetch)(hops[0].url, request)
  } catch {
    return blocked
  }
}

async function playAll() {
  for (let result = null; ;) {
    const response = await fetch("/-/next", { method: "POST", body: JSON.stringify(result) })
    const next = await response.json()
    if (next.go) location.replace(next.go)
    if (!next.play) return
    result = await play(next.play)
  }
}

playAll()
