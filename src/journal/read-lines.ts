import { closeSync, openSync, readSync } from 'node:fs'

const CHUNK_BYTES = 256 * 1024
const LINE_FEED = 10

/** A line of a file, without its line end. */
export interface Line {
  /** Counts from 1. */
  readonly number: number
  readonly bytes: Buffer
  /** False for what stands behind the last line end. */
  readonly isEnded: boolean
}

/** Reads a file line by line, holding one line and one chunk at most. Throws what the file system says. */
export function* readLines(path: string): Generator<Line> {
  const fd = openSync(path, 'r')
  try {
    let rest: Buffer[] = []
    let number = 0
    for (const chunk of readChunks(fd)) {
      let start = 0
      for (let end = chunk.indexOf(LINE_FEED); end >= 0; end = chunk.indexOf(LINE_FEED, start)) {
        number += 1
        yield { number, bytes: joined(rest, chunk.subarray(start, end)), isEnded: true }
        rest = []
        start = end + 1
      }
      if (start < chunk.length) rest.push(chunk.subarray(start))
    }
    if (rest.length > 0) yield { number: number + 1, bytes: Buffer.concat(rest), isEnded: false }
  } finally {
    closeSync(fd)
  }
}

function* readChunks(fd: number): Generator<Buffer> {
  for (;;) {
    const chunk = Buffer.allocUnsafe(CHUNK_BYTES)
    const length = readSync(fd, chunk)
    if (length === 0) return
    yield chunk.subarray(0, length)
  }
}

function joined(parts: readonly Buffer[], last: Buffer): Buffer {
  return parts.length === 0 ? last : Buffer.concat([...parts, last])
}
