import { mkdirSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname } from 'node:path'
import { crc32 } from 'node:zlib'
import { isJsonObject } from '../model/json.ts'
import type { Suite } from '../model/suite.ts'

/** Checked suites by the key of what they were made from, in one file. */
export interface SuiteCache {
  readonly get: (key: string) => Suite | undefined
  readonly set: (key: string, suite: Suite) => void
  /** Writes the file atomically, if anything is new. Never throws: a cache that cannot be written is no fault. */
  readonly save: () => void
}

export interface SuiteCacheOptions {
  /** What was used longest ago is dropped beyond this size. @default 64 MB, about 30,000 suites of 25 lines */
  readonly maxBytes?: number
}

const DEFAULT_MAX_BYTES = 64 * 1024 * 1024

/** Raised whenever the form of the file changes. */
const HEADER = 'cxspec suites 1\n'

const KEY_LENGTH = 43
const CHECK_LENGTH = 8

/**
 * Opens the cache at `path` (absolute). A file that is missing, of another version or too large counts as empty, and a
 * damaged entry as absent. The file holds a header and a line for each suite, the least recently used first:
 *
 * ```text
 * cxspec suites 1
 * <key, 43 characters> <CRC-32 of the rest, 8 digits> {"file":"menu.cxspec.yaml",…}
 * ```
 *
 * Entries stay bytes until somebody asks for them: finding 10,000 takes 10 ms, parsing them 5 µs each.
 */
export function openSuiteCache(path: string, options: SuiteCacheOptions = {}): SuiteCache {
  return new FileCache(path, options.maxBytes ?? DEFAULT_MAX_BYTES)
}

class FileCache implements SuiteCache {
  readonly #path: string
  readonly #maxBytes: number
  /** In the order of use: whatever is used moves to the end. */
  readonly #entries: Map<string, Buffer>
  #isChanged = false

  constructor(path: string, maxBytes: number) {
    this.#path = path
    this.#maxBytes = maxBytes
    this.#entries = readEntries(path, maxBytes)
  }

  get(key: string): Suite | undefined {
    const entry = this.#entries.get(key)
    if (!entry) return undefined
    this.#entries.delete(key)
    const suite = parseEntry(entry)
    if (suite) this.#entries.set(key, entry)
    return suite
  }

  set(key: string, suite: Suite): void {
    const json = Buffer.from(JSON.stringify(suite))
    this.#entries.delete(key)
    this.#entries.set(key, Buffer.concat([Buffer.from(`${key} ${checksum(json)} `), json, Buffer.from('\n')]))
    this.#isChanged = true
  }

  save(): void {
    if (!this.#isChanged) return
    try {
      mkdirSync(dirname(this.#path), { recursive: true })
      writeAtomically(this.#path, Buffer.concat([Buffer.from(HEADER), ...this.#kept()]))
      this.#isChanged = false
    } catch {
      // the next run reads the files again
    }
  }

  /** The most recently used entries that fit into the bound. */
  #kept(): Buffer[] {
    const all = [...this.#entries.values()]
    let bytes = HEADER.length
    let first = all.length
    while (first > 0 && bytes + (all[first - 1]?.length ?? 0) <= this.#maxBytes) {
      first -= 1
      bytes += all[first]?.length ?? 0
    }
    return all.slice(first)
  }
}

function readEntries(path: string, maxBytes: number): Map<string, Buffer> {
  const entries = new Map<string, Buffer>()
  const file = readFile(path)
  if (file.length > maxBytes || file.subarray(0, HEADER.length).toString('latin1') !== HEADER) return entries
  for (let start = HEADER.length, end = file.indexOf(10, start); end !== -1; start = end + 1, end = file.indexOf(10, start)) {
    entries.set(file.toString('latin1', start, start + KEY_LENGTH), file.subarray(start, end + 1))
  }
  return entries
}

function readFile(path: string): Buffer {
  try {
    return readFileSync(path)
  } catch {
    return Buffer.alloc(0)
  }
}

function parseEntry(entry: Buffer): Suite | undefined {
  const json = entry.subarray(KEY_LENGTH + CHECK_LENGTH + 2, -1)
  if (entry.toString('latin1', KEY_LENGTH + 1, KEY_LENGTH + 1 + CHECK_LENGTH) !== checksum(json)) return undefined
  try {
    const suite: unknown = JSON.parse(json.toString())
    return isSuite(suite) ? suite : undefined
  } catch {
    return undefined
  }
}

/** Enough of a look, since the checksum says that it is what was written. */
function isSuite(value: unknown): value is Suite {
  return isJsonObject(value) && typeof value['file'] === 'string' && Array.isArray(value['scenarios'])
}

function checksum(bytes: Uint8Array): string {
  return crc32(bytes).toString(16).padStart(CHECK_LENGTH, '0')
}

/** Loaded only by the runs that write. Not flushed to the disk: what gets lost is read again. */
function writeAtomically(path: string, content: Buffer): void {
  const library: typeof import('write-file-atomic') = createRequire(import.meta.url)('write-file-atomic')
  library.sync(path, content, { fsync: false })
}
