import { isRunEvent } from './event-shape.ts'
import { openSeal } from './journal-line.ts'
import { readLines } from './read-lines.ts'

/** How the runner's lines about the end of a scenario begin: all others need not be parsed. */
const PREFIX = Buffer.from('{"type":"scenario-finished"')

/**
 * How long scenarios took in an earlier run, in milliseconds by their id, from its journal: only those that came to a verdict.
 * A journal that is missing or damaged yields what can be read of it: this is a hint for the order in which scenarios start.
 */
export function readDurations(path: string): ReadonlyMap<string, number> {
  const durations = new Map<string, number>()
  try {
    for (const { bytes } of readLines(path)) if (bytes.subarray(0, PREFIX.length).equals(PREFIX)) addDuration(durations, bytes)
  } catch {
    // There was no earlier run.
  }
  return durations
}

function addDuration(durations: Map<string, number>, bytes: Buffer): void {
  const json = openSeal(bytes.toString('utf8'))?.event
  const event: unknown = json === undefined ? undefined : JSON.parse(json)
  if (!isRunEvent(event) || event.type !== 'scenario-finished') return
  if (event.tries > 0 && event.outcome.status !== 'not-run') durations.set(event.scenario, event.durationMs)
}
