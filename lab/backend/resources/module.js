globalThis.corslab = "module.js ran"
export const text = "Hello"
