import { setImmediate as nextTurn } from 'node:timers/promises'
import type { RunEvent } from '../model/event.ts'
import { FaultError } from '../model/fault.ts'
import { complaintAbout, isRunEvent } from './event-shape.ts'
import { openSeal } from './journal-line.ts'
import { type Line, readLines } from './read-lines.ts'
import { unreadableJournal } from './unreadable-journal.ts'

/** After so many lines others get a chance to work, e.g. on a signal of the process. */
const LINES_PER_TURN = 2_000

export interface ReadJournalOptions {
  /** Told the number of a last line that was torn off, since the process died while it wrote. That line is left out. */
  readonly onTorn?: (line: number) => void
}

/**
 * The events of a journal in their order, read as they are asked for. Rejects with a `FaultError` at a line that is no event, and where
 * the file cannot be read. Does not check the chain: see `verifyJournal`.
 */
export async function* readJournal(path: string, options: ReadJournalOptions = {}): AsyncGenerator<RunEvent> {
  for (const line of readOrRefuse(path)) {
    if (line.number % LINES_PER_TURN === 0) await nextTurn()
    const event = readEvent(path, line)
    if (event) yield event
    else options.onTorn?.(line.number)
  }
}

function* readOrRefuse(path: string): Generator<Line> {
  try {
    yield* readLines(path)
  } catch (error) {
    throw new FaultError([unreadableJournal(path, error)])
  }
}

function readEvent(path: string, line: Line): RunEvent | undefined {
  const value = parse(openSeal(line.bytes.toString('utf8'))?.event)
  if (isRunEvent(value)) return value
  if (!line.isEnded && value === undefined) return undefined
  const complaint = value === undefined ? 'is not a line of a journal' : complaintAbout(value)
  throw new FaultError([
    {
      code: 'BAD_JOURNAL_LINE',
      message: `line ${line.number} of the journal ${complaint}`,
      place: { file: path, line: line.number, column: 1 },
      advice: `\`cxspec audit verify ${path}\` tells whether the journal was changed`,
    },
  ])
}

function parse(json: string | undefined): unknown {
  if (json === undefined) return undefined
  try {
    return JSON.parse(json)
  } catch {
    return undefined
  }
}
