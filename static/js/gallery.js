/** Makes the frame of each sample as tall as its content. */

for (const frame of document.querySelectorAll("iframe")) {
  fit(frame)
  frame.addEventListener("load", () => fit(frame))
}

/** @param {HTMLIFrameElement} frame */
function fit(frame) {
  const body = frame.contentDocument?.body
  if (body) new ResizeObserver(() => (frame.height = String(body.offsetHeight))).observe(body)
}
