import { closeSync, fstatSync, openSync, readSync } from 'node:fs'
import { isRunEvent } from './event-shape.ts'
import { openSeal } from './journal-line.ts'
import { readLines } from './read-lines.ts'

/** How the runner's lines about the end of a scenario begin: all others need not be parsed. */
const PREFIX = Buffer.from('{"type":"scenario-finished"')

const LAST_PREFIX = '{"type":"run-finished"'

/** The last line of a run that came to its end is shorter. */
const END_BYTES = 4_096

/**
 * How long scenarios took in an earlier run, in milliseconds by their id, from its journal: only those that came to a verdict. None
 * where none took longer than `negligibleMs`, as the end of the journal tells without the rest being read.
 * A journal that is missing or damaged yields what can be read of it: this is a hint for the order in which scenarios start.
 */
export function readDurations(path: string, negligibleMs = 0): ReadonlyMap<string, number> {
  const durations = new Map<string, number>()
  try {
    if (longestMs(path) <= negligibleMs) return durations
    for (const { bytes } of readLines(path)) if (bytes.subarray(0, PREFIX.length).equals(PREFIX)) addDuration(durations, bytes)
  } catch {
    // There was no earlier run.
  }
  return durations
}

function addDuration(durations: Map<string, number>, bytes: Buffer): void {
  const event = parsed(bytes.toString('utf8'))
  if (!isRunEvent(event) || event.type !== 'scenario-finished') return
  if (event.tries > 0 && event.outcome.status !== 'not-run') durations.set(event.scenario, event.durationMs)
}

function parsed(line: string): unknown {
  const json = openSeal(line)?.event
  return json === undefined ? undefined : JSON.parse(json)
}

/** As the last line tells it; Infinity where it does not. */
function longestMs(path: string): number {
  const [line = ''] = endOf(path).trimEnd().split('\n').slice(-1)
  const event = line.startsWith(LAST_PREFIX) ? parsed(line) : undefined
  return isRunEvent(event) && event.type === 'run-finished' ? (event.longestMs ?? Number.POSITIVE_INFINITY) : Number.POSITIVE_INFINITY
}

function endOf(path: string): string {
  const fd = openSync(path, 'r')
  try {
    const bytes = Buffer.alloc(END_BYTES)
    return bytes.toString('utf8', 0, readSync(fd, bytes, 0, END_BYTES, Math.max(0, fstatSync(fd).size - END_BYTES)))
  } finally {
    closeSync(fd)
  }
}
