import { closeSync, fdatasyncSync, mkdirSync, openSync, renameSync, statSync } from 'node:fs'
import { dirname, parse } from 'node:path'
import type { RunEvent } from '../model/event.ts'
import { GENESIS, sealLine } from './journal-line.ts'
import { LineWriter } from './line-writer.ts'
import type { WriteBytes } from './write-fully.ts'

/**
 * The events of a run on disk, in order. Those of one turn of the event loop are written together when it ends, and at the end of the
 * process whatever brings that about: only SIGKILL or a fault of the machine can lose events, at most those of a turn. No job is among
 * them: what announces one is on the disk itself before `append` returns, with all that went before.
 */
export interface Journal {
  readonly path: string
  /** `json`: the event's JSON text, where it is known already. Never throws: see `onFailure`. */
  append(event: RunEvent, json?: string): void
  /** Writes what waits to be written. */
  flush(): void
  /** Brings everything to the disk and closes the file. Further events are a failure. */
  close(): void
  /** The hash of the last event's line: kept elsewhere, it proves that the journal was not written anew. */
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
  /** For tests. @default fs.fdatasyncSync */
  readonly sync?: (fd: number) => void
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
  readonly #writer: LineWriter
  readonly #sync: (fd: number) => void
  readonly #onFailure: JournalOptions['onFailure']
  readonly #flush = (): void => this.flush()
  #state: 'open' | 'failed' | 'closed' = 'open'
  #lines = 0
  #startedAtMs = 0
  #isFlushDue = false

  constructor(path: string, fd: number, { onFailure, write, sync = fdatasyncSync }: JournalOptions) {
    this.path = path
    this.#fd = fd
    this.#sync = sync
    this.#onFailure = onFailure
    this.#writer = new LineWriter(fd, write)
    process.once('exit', this.#flush)
  }

  append(event: RunEvent, json = JSON.stringify(event)): void {
    if (this.#state === 'failed') return
    try {
      if (this.#state === 'closed') throw new Error(`the journal is closed and cannot take "${event.type}" any more`)
      this.#add(event, json)
      if (mustNotWait(event)) this.#writer.flush()
      else this.#flushSoon()
      if (announcesJob(event)) bringToDisk(this.#fd, this.#sync)
    } catch (error) {
      this.#fail(error)
    }
  }

  flush(): void {
    this.#isFlushDue = false
    if (this.#state !== 'open') return
    try {
      this.#writer.flush()
    } catch (error) {
      this.#fail(error)
    }
  }

  close(): void {
    if (this.#state === 'closed') return
    process.off('exit', this.#flush)
    this.flush()
    try {
      if (this.#state === 'open') bringToDisk(this.#fd, this.#sync)
      closeSync(this.#fd)
    } catch (error) {
      this.#fail(error)
    }
    this.#state = 'closed'
  }

  #add(event: RunEvent, json: string): void {
    if (event.type === 'run-started') this.#startedAtMs = Date.parse(event.startedAt)
    const time = new Date(this.#startedAtMs + event.atMs).toISOString()
    const { line, hash } = sealLine(json, { time, seq: this.#lines + 1, previousHash: this.lastHash })
    this.#writer.add(line)
    this.#lines += 1
    this.lastHash = hash
  }

  #flushSoon(): void {
    if (this.#isFlushDue) return
    this.#isFlushDue = true
    setImmediate(this.#flush)
  }

  #fail(error: unknown): void {
    if (this.#state === 'failed') return
    this.#state = 'failed'
    this.#onFailure(error)
  }
}

/** What tells of a job, and that the run begins and ends. */
function mustNotWait(event: RunEvent): boolean {
  return announcesJob(event) || PROMPT.has(event.type)
}

const PROMPT: ReadonlySet<RunEvent['type']> = new Set(['job-changed', 'job-noted', 'run-started', 'run-finished'])

function announcesJob(event: RunEvent): boolean {
  return event.type === 'request-intended' && event.startsJob === true
}

/** Pipes and devices cannot be flushed, and need not be. */
function bringToDisk(fd: number, sync: (fd: number) => void): void {
  try {
    sync(fd)
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined
    if (code !== 'EINVAL' && code !== 'ENOTSUP' && code !== 'EROFS') throw error
  }
}
