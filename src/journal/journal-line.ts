/**
 * The lines of a journal. Each is an event as JSON with three fields at its end (here broken for reading; in the file it is one line):
 *
 * ```json
 * {"type":"scenario-started","atMs":12.5,"scenario":"scenarios/menu.cxspec.yaml#key 1",
 *  "time":"2026-01-02T03:04:05.012Z","seq":3,"hash":"9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"}
 * ```
 *
 * `time` is RFC 3339 (the run's start plus `atMs`), `seq` counts lines from 1, and `hash` is the SHA-256, in hexadecimal, of the hash of
 * the line before (for the first: 64 zeros) followed by the line up to and without `,"hash"`. So every line vouches for all before it.
 * Whoever can write the file can also write a whole new chain: to rule that out, keep the last hash in another place.
 */
import { hash } from 'node:crypto'

/** What stands before the first line, as its predecessor's hash. */
export const GENESIS = '0'.repeat(64)

/** The longest possible end of a line: time, a sequence number of 16 digits, hash. */
const SEAL_LENGTH = 160

const SEAL = /,"time":"[^"]*","seq":(\d{1,16}),"hash":"([0-9a-f]{64})"\}$/

/** The end of a line, and what it vouches for. */
export interface Sealed {
  /** The event alone, as JSON. */
  readonly event: string
  readonly seq: number
  readonly hash: string
  /** What is hashed after the hash of the line before. */
  readonly hashed: string
}

/** The line of an event, given as JSON; without its line end. */
export function sealLine(
  json: string,
  seal: { readonly time: string; readonly seq: number; readonly previousHash: string },
): Sealed & {
  readonly line: string
} {
  const hashed = `${json.slice(0, -1)},"time":"${seal.time}","seq":${seal.seq}`
  const own = chainHash(seal.previousHash, hashed)
  return { event: json, seq: seal.seq, hash: own, hashed, line: `${hashed},"hash":"${own}"}` }
}

/** Takes a line apart; `undefined` where it does not end as a line of a journal does. */
export function openSeal(line: string): Sealed | undefined {
  const match = SEAL.exec(line.slice(-SEAL_LENGTH))
  const [seal, seq, own] = match ?? []
  if (seal === undefined || own === undefined) return undefined
  const hashed = line.slice(0, -',"hash":""}'.length - own.length)
  return { event: `${line.slice(0, -seal.length)}}`, seq: Number(seq), hash: own, hashed }
}

/** The hash of a line, from the hash of the line before and what the line hashes. */
export function chainHash(previousHash: string, hashed: string): string {
  return hash('sha256', previousHash + hashed)
}
