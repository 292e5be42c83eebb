import { createHash } from 'node:crypto'
import { seededRandom } from '../model/seeded-random.ts'

/** Even in [0, 1). */
export type Random = () => number

/** The same sequence for the same text, whatever else was drawn before. */
export function createRandom(seed: string): Random {
  return seededRandom(createHash('sha256').update(seed).digest().readUInt32BE())
}

/** One number of its own for a text: even in [0, 1), and the same whenever it is asked for. */
export function share(text: string): number {
  return createHash('sha256').update(text).digest().readUInt32BE() / 2 ** 32
}

/** A time that is at least `leastMs` and on average `meanMs` (a shifted exponential distribution), in whole milliseconds. */
export function drawMs({ leastMs, meanMs }: Spread, random: Random): number {
  return Math.round(leastMs - Math.log(1 - random()) * Math.max(0, meanMs - leastMs))
}

/** Times that vary. */
export interface Spread {
  readonly leastMs: number
  readonly meanMs: number
}
