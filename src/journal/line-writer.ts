import { ftruncateSync } from 'node:fs'
import { type WriteBytes, writeFully } from './write-fully.ts'

/** Lines that wait are written once they take so much space. */
const BUFFER_BYTES = 64 * 1024

const LINE_FEED = 10

/**
 * Lines on their way to a file that was empty. They are gathered and written together, since a call of the file system costs more than
 * all else about a line; the order is kept. After an error the file ends with its last whole line.
 */
export class LineWriter {
  readonly #fd: number
  readonly #write: WriteBytes | undefined
  readonly #buffer = Buffer.allocUnsafeSlow(BUFFER_BYTES)
  /** How many bytes of the buffer wait. */
  #waiting = 0
  #fileBytes = 0

  constructor(fd: number, write?: WriteBytes) {
    this.#fd = fd
    this.#write = write
  }

  /** Takes a line, without its line end. Throws what the file system says where that made lines be written. */
  add(line: string): void {
    // In UTF-8 a UTF-16 code unit takes three bytes at most.
    const mostBytes = line.length * 3 + 1
    if (mostBytes > BUFFER_BYTES - this.#waiting) this.flush()
    if (mostBytes > BUFFER_BYTES) this.#writeOut(Buffer.from(`${line}\n`))
    else this.#waiting += this.#buffer.write(`${line}\n`, this.#waiting)
  }

  /** Hands everything over to the file system. Throws what that says. */
  flush(): void {
    if (this.#waiting === 0) return
    const bytes = this.#buffer.subarray(0, this.#waiting)
    this.#waiting = 0
    this.#writeOut(bytes)
  }

  #writeOut(bytes: Uint8Array): void {
    const written = writeFully(this.#fd, bytes, this.#write)
    const wholeLines = written.error === undefined ? written.bytes : bytes.subarray(0, written.bytes).lastIndexOf(LINE_FEED) + 1
    this.#fileBytes += wholeLines
    if (written.error === undefined) return
    dropTornLine(this.#fd, this.#fileBytes)
    throw written.error
  }
}

function dropTornLine(fd: number, bytes: number): void {
  try {
    ftruncateSync(fd, bytes)
  } catch {
    // A torn last line is allowed: whoever reads the journal copes with it.
  }
}
