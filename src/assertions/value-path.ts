import type { Pointer } from '../model/place.ts'

/** The way to a value inside another one, linked from its end so that going one level deeper costs the same at any depth. */
export interface ValuePath {
  readonly above: ValuePath | undefined
  readonly key: string | number
}

/** So many of the last steps of a way are shown. */
const SHOWN_STEPS = 12

const PLAIN_KEY = /^[\p{L}_][\p{L}\p{N}_-]*$/u

/** The way from the root, as a list. */
export function toPointer(path: ValuePath | undefined): Pointer {
  const keys: (string | number)[] = []
  for (let step = path; step !== undefined; step = step.above) keys.push(step.key)
  return keys.reverse()
}

/** The way as an author would write it, to follow a name: `.order.items[2]["odd key"]`; a very long one keeps its end. */
export function formatValuePath(path: ValuePath | undefined): string {
  const keys = toPointer(path)
  const shown = keys.slice(-SHOWN_STEPS).map(formatKey).join('')
  return keys.length > SHOWN_STEPS ? `…${shown}` : shown
}

function formatKey(key: string | number): string {
  if (typeof key === 'number') return `[${key}]`
  return PLAIN_KEY.test(key) ? `.${key}` : `[${JSON.stringify(key.length > 80 ? `${key.slice(0, 80)}…` : key)}]`
}
