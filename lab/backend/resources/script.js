globalThis.corslab = "script.js ran"
