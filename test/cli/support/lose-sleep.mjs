// A bug: whoever sleeps never wakes up by itself, and nothing is left that the process could wait for.
globalThis.setTimeout = () => undefined
