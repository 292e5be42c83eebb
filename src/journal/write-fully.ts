import { writeSync } from 'node:fs'

const RETRY_AFTER_MS = 5
const GIVE_UP_AFTER_MS = 2_000

/** Writes one text as UTF-8. `fs.writeSync`, except in tests. */
export type WriteBytes = (fd: number, bytes: Uint8Array, offset: number) => number

/**
 * Writes all of `text`, however many calls that takes, and waits a moment where a pipe is full (EAGAIN). Returns the number of bytes.
 * Throws what the file system says, e.g. ENOSPC; then a part of the text may have been written.
 */
export function writeFully(fd: number, text: string, write: WriteBytes = writeSync): number {
  const bytes = Buffer.from(text)
  const giveUpAtMs = performance.now() + GIVE_UP_AFTER_MS
  let offset = 0
  while (offset < bytes.length) {
    const written = tryWrite(() => write(fd, bytes, offset), giveUpAtMs)
    offset += written
  }
  return bytes.length
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
