import { closeSync, fdatasyncSync, ftruncateSync, mkdirSync, openSync, renameSync, statSync } from 'node:fs'
import { dirname, parse } from 'node:path'
import type { RunEvent } from '../model/event.ts'
import { GENESIS, sealLine } from './journal-line.ts'
import { type WriteBytes, writeFully } from './write-fully.ts'

/** The events of a run on disk, as they happen. */
export interface Journal {
  readonly path: string
  /** Writes the event before it returns; one that announces a job is on the disk itself by then. Never throws: see `onFailure`. */
  append(event: RunEvent): void
  /** Flushes and closes the file. Further events are a failure. */
  close(): void
  /** The hash of the last line: kept elsewhere, it proves that the journal was not written anew. */
  readonly lastHash: string
}

export interface JournalOptions {
  /**
   * Told once, as soon as the journal cannot be written any more, e.g. since the disk is full. It then ends with its last whole line and
   * takes no more events, so the run must not end with exit code 0.
   */
  readonly onFailure: (error: unknown) => void
  /** For tests. @default fs.writeSync */
  readonly write?: WriteBytes
}

/**
 * Starts a new journal, and makes its folder where there is none. The journal of the run before, if any, is kept as
 * {@link previousJournal}. Throws what the file system says where the file cannot be made.
 */
export function openJournal(path: string, options: JournalOptions): Journal {
  mkdirSync(dirname(path), { recursive: true })
  const isFile = statSync(path, { throwIfNoEntry: false })?.isFile()
  if (isFile) renameSync(path, previousJournal(path))
  return new FileJournal(path, openSync(path, 'a'), options)
}

/** Where the journal of the run before is kept: `reports/journal.previous.jsonl` beside `reports/journal.jsonl`. */
export function previousJournal(path: string): string {
  const { dir, name, ext } = parse(path)
  return `${dir === '' ? '' : `${dir}/`}${name}.previous${ext}`
}

class FileJournal implements Journal {
  readonly path: string
  lastHash = GENESIS
  readonly #fd: number
  readonly #options: JournalOptions
  #state: 'open' | 'failed' | 'closed' = 'open'
  #lines = 0
  #bytes = 0
  #startedAtMs = 0

  constructor(path: string, fd: number, options: JournalOptions) {
    this.path = path
    this.#fd = fd
    this.#options = options
  }

  append(event: RunEvent): void {
    if (this.#state === 'failed') return
    try {
      if (this.#state === 'closed') throw new Error(`the journal is closed and cannot take "${event.type}" any more`)
      this.#write(event)
      if (event.type === 'request-intended' && event.startsJob) flush(this.#fd)
    } catch (error) {
      this.#fail(error)
    }
  }

  close(): void {
    if (this.#state === 'closed') return
    try {
      if (this.#state === 'open') flush(this.#fd)
      closeSync(this.#fd)
    } catch (error) {
      this.#fail(error)
    }
    this.#state = 'closed'
  }

  #write(event: RunEvent): void {
    if (event.type === 'run-started') this.#startedAtMs = Date.parse(event.startedAt)
    const time = new Date(this.#startedAtMs + event.atMs).toISOString()
    const { line, hash } = sealLine(event, { time, seq: this.#lines + 1, previousHash: this.lastHash })
    this.#bytes += writeFully(this.#fd, `${line}\n`, this.#options.write)
    this.#lines += 1
    this.lastHash = hash
  }

  #fail(error: unknown): void {
    if (this.#state === 'failed') return
    if (this.#state === 'open') dropTornLine(this.#fd, this.#bytes)
    this.#state = 'failed'
    this.#options.onFailure(error)
  }
}

/** Pipes and devices cannot be flushed, and need not be. */
function flush(fd: number): void {
  try {
    fdatasyncSync(fd)
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined
    if (code !== 'EINVAL' && code !== 'ENOTSUP' && code !== 'EROFS') throw error
  }
}

function dropTornLine(fd: number, bytes: number): void {
  try {
    ftruncateSync(fd, bytes)
  } catch {
    // A torn last line is allowed: whoever reads the journal copes with it.
  }
}
