import { writeSync } from 'node:fs'

const RETRY_AFTER_MS = 5
const GIVE_UP_AFTER_MS = 2_000

/** Lines that fit are encoded here, so that a line costs no memory of its own. */
const scratch = Buffer.allocUnsafeSlow(64 * 1024)

/** Writes a part of `bytes` and returns how many that were. `fs.writeSync`, except in tests. */
export type WriteBytes = (fd: number, bytes: Uint8Array, offset: number, length: number) => number

/**
 * Writes all of `text` as UTF-8, however many calls that takes, and waits a moment where a pipe is full (EAGAIN). Returns the number of
 * bytes. Throws what the file system says, e.g. ENOSPC; then a part of the text may have been written.
 */
export function writeFully(fd: number, text: string, write: WriteBytes = writeSync): number {
  const bytes = encode(text)
  const giveUpAtMs = performance.now() + GIVE_UP_AFTER_MS
  let offset = 0
  while (offset < bytes.length) offset += tryWrite(() => write(fd, bytes, offset, bytes.length - offset), giveUpAtMs)
  return bytes.length
}

/** In UTF-8 a UTF-16 code unit takes three bytes at most. */
function encode(text: string): Buffer {
  return text.length * 3 > scratch.length ? Buffer.from(text) : scratch.subarray(0, scratch.write(text))
}

function tryWrite(write: () => number, giveUpAtMs: number): number {
  try {
    return write()
  } catch (error) {
    if (!isAgain(error) || performance.now() > giveUpAtMs) throw error
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, RETRY_AFTER_MS)
    return 0
  }
}

function isAgain(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'EAGAIN'
}
