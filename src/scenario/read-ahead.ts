import type { Reading } from '../model/reading.ts'
import { TextFolder } from '../yaml/text-folder.ts'

/** What is kept of files that were looked into; those beyond are read a second time. */
const MAX_KEPT_BYTES = 16 * 1024 * 1024

/** Reads files, some of which are looked into before it is their turn: reading 10,000 files twice would cost a quarter of a second. */
export class ReadAhead {
  readonly #folder: TextFolder
  readonly #kept = new Map<string, Uint8Array>()
  #keptBytes = 0

  /** `root` is absolute; nothing outside it is read. */
  constructor(root: string) {
    this.#folder = new TextFolder(root)
  }

  /** Whether `word` stands anywhere in a file; not in one that cannot be read. */
  mentions(file: string, word: string): boolean {
    const { value: bytes } = this.#folder.readBytes(file)
    if (bytes === undefined) return false
    this.#keep(file, bytes)
    return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).includes(word)
  }

  /** What stands in a file, or why that cannot be read. */
  readBytes(file: string): Reading<Uint8Array> {
    const bytes = this.#kept.get(file)
    if (bytes === undefined) return this.#folder.readBytes(file)
    this.#kept.delete(file)
    this.#keptBytes -= bytes.length
    return { value: bytes }
  }

  /** As {@link readBytes}, decoded. */
  readText(file: string): Reading<string> {
    return this.#folder.readText(file)
  }

  #keep(file: string, bytes: Uint8Array): void {
    if (this.#kept.has(file) || this.#keptBytes + bytes.length > MAX_KEPT_BYTES) return
    this.#kept.set(file, bytes)
    this.#keptBytes += bytes.length
  }
}
