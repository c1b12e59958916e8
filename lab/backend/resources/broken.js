globalThis.corslab = "broken.js ran"
throw new Error("broken.js fails on purpose")
