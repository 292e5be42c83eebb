import { writeSync } from 'node:fs'

const RETRY_AFTER_MS = 5
const GIVE_UP_AFTER_MS = 2_000

/** Writes a part of `bytes` and returns how many that were. `fs.writeSync`, except in tests. */
export type WriteBytes = (fd: number, bytes: Uint8Array, offset: number, length: number) => number

/** How far it got, and what the file system said where it got no further, e.g. ENOSPC. */
export interface Written {
  readonly bytes: number
  readonly error?: unknown
}

/** Writes all of `bytes`, however many calls that takes, and waits a moment where a pipe is full (EAGAIN). Never throws. */
export function writeFully(fd: number, bytes: Uint8Array, write: WriteBytes = writeSync): Written {
  const giveUpAtMs = performance.now() + GIVE_UP_AFTER_MS
  let offset = 0
  while (offset < bytes.length) {
    try {
      offset += write(fd, bytes, offset, bytes.length - offset)
    } catch (error) {
      if (!isAgain(error) || performance.now() > giveUpAtMs) return { bytes: offset, error }
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, RETRY_AFTER_MS)
    }
  }
  return { bytes: offset }
}

function isAgain(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'EAGAIN'
}
