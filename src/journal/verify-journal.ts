import { chainHash, GENESIS, openSeal, type Sealed } from './journal-line.ts'
import { type Line, readLines } from './read-lines.ts'

/** What the chain of a journal says about it. */
export type JournalVerdict = IntactJournal | TamperedJournal

interface IntactJournal {
  readonly isIntact: true
  readonly lines: number
  /** Whether it ends with `run-finished`. If not, the process died, or lines are missing at the end: the chain cannot tell which. */
  readonly isComplete: boolean
  /** Whether its last line was torn off while it was written. */
  readonly isTorn: boolean
  /** Of the last whole line: compare it with one that was kept elsewhere. */
  readonly lastHash: string
}

interface TamperedJournal {
  readonly isIntact: false
  readonly tampering: 'changed' | 'removed' | 'inserted' | 'reordered'
  /** The first line of the file that is not as it was written. For `removed`: the line before which others are missing. */
  readonly line: number
  /** One sentence for a person. */
  readonly message: string
}

/** A line of the file, its seal if it has one. */
interface Entry {
  readonly line: Line
  readonly sealed: Sealed | undefined
}

/** What the next line has to continue. */
interface Expected {
  readonly seq: number
  readonly previousHash: string
}

/** Reads a whole journal and tells whether it is as it was written, or which line is the first that is not. Throws what the file system says. */
export function verifyJournal(path: string): JournalVerdict {
  const entries = readEntries(path)
  let expected: Expected = { seq: 1, previousHash: GENESIS }
  let isComplete = false
  for (const entry of entries) {
    const { line, sealed } = entry
    if (isComplete) return tampered('inserted', line.number, `line ${line.number} stands behind the end of the run`)
    if (!sealed || !continues(expected, sealed)) {
      if (!line.isEnded && sealed === undefined) return intact(expected, { isComplete, isTorn: true })
      return diagnose(expected, entry, entries)
    }
    if (expected.seq === 1 && !isOfType('run-started', sealed.event)) return headless(line.number)
    isComplete = isOfType('run-finished', sealed.event)
    expected = { seq: sealed.seq + 1, previousHash: sealed.hash }
  }
  return intact(expected, { isComplete, isTorn: false })
}

function* readEntries(path: string): Generator<Entry> {
  for (const line of readLines(path)) yield { line, sealed: openSeal(line.bytes.toString('utf8')) }
}

function continues(expected: Expected, sealed: Sealed): boolean {
  return sealed.seq === expected.seq && chainHash(expected.previousHash, sealed.hashed) === sealed.hash
}

function isOfType(type: 'run-started' | 'run-finished', event: string): boolean {
  if (!event.includes(`"${type}"`)) return false
  try {
    const value: unknown = JSON.parse(event)
    return typeof value === 'object' && value !== null && 'type' in value && value.type === type
  } catch {
    return false
  }
}

/** A chain that was written anew fits: only what it tells gives it away. */
function headless(line: number): TamperedJournal {
  return tampered(
    'removed',
    line,
    `line ${line} is not the start of a run, with which every journal begins: what stood before it is missing`,
  )
}

function intact(expected: Expected, end: Pick<IntactJournal, 'isComplete' | 'isTorn'>): IntactJournal {
  return { isIntact: true, lines: expected.seq - 1, lastHash: expected.previousHash, ...end }
}

/** Tells what was done to the line that does not fit, from those behind it. */
function diagnose(expected: Expected, { line, sealed }: Entry, rest: Iterable<Entry>): TamperedJournal {
  const { next, wanted, twin } = lookAhead(expected, sealed, rest)
  const at = line.number
  const seq = sealed?.seq ?? expected.seq
  const isAhead = seq > expected.seq
  if (next && continues(expected, next)) {
    if (isAhead && !twin) return reordered(at, `line ${at} was written as line ${seq}`)
    return tampered('inserted', at, `line ${at} was inserted: the next one continues the chain without it`)
  }
  if (isAhead && wanted) return reordered(at, `line ${wanted.line.number} was written as line ${expected.seq}`)
  if (isAhead && next?.seq !== expected.seq + 1) {
    const missing = seq - expected.seq
    return tampered('removed', at, `${missing === 1 ? 'one line is' : `${missing} lines are`} missing before line ${at}`)
  }
  if (seq < expected.seq && next?.seq !== expected.seq + 1) {
    return tampered('inserted', at, `line ${at} was inserted: it is line ${seq} again`)
  }
  return tampered('changed', at, `line ${at} is not as it was written`)
}

interface Ahead {
  /** Directly behind. */
  next: Sealed | undefined
  /** The line whose turn it would have been. */
  wanted: Entry | undefined
  /** Another with the number of the one that does not fit. */
  twin: Entry | undefined
}

function lookAhead(expected: Expected, sealed: Sealed | undefined, rest: Iterable<Entry>): Ahead {
  const ahead: Ahead = { next: undefined, wanted: undefined, twin: undefined }
  let isFirst = true
  for (const entry of rest) {
    if (isFirst) ahead.next = entry.sealed
    isFirst = false
    if (entry.sealed?.seq === expected.seq) ahead.wanted ??= entry
    if (sealed && entry.sealed?.seq === sealed.seq) ahead.twin ??= entry
  }
  return ahead
}

function reordered(line: number, how: string): TamperedJournal {
  return tampered('reordered', line, `lines are in another order than they were written: ${how}`)
}

function tampered(tampering: TamperedJournal['tampering'], line: number, message: string): TamperedJournal {
  return { isIntact: false, tampering, line, message }
}
