import { type Fault, FaultError } from '../model/fault.ts'
import type { Shard } from '../regression/shard.ts'
import type { CommandLine } from './command-line.ts'

/** Copies of a scenario beyond this are a mistake. */
const MAX_REPEATS = 10_000

const MAX_SHARDS = 1_000

/** What the flags say of how often scenarios run, and which of them here. */
export interface PlanFlags {
  /** How often each scenario runs. */
  readonly repeat: number
  /** Absent: all of them run here. */
  readonly shard?: Shard
  /** Only what did not pass in the last run. */
  readonly lastFailed: boolean
  /** A journal, or a folder with journals, whose durations decide how scenarios are dealt to shards. */
  readonly durations?: string
}

/** Reads them. Throws a `FaultError` with everything that makes no sense. */
export function readPlanFlags(line: CommandLine): PlanFlags {
  const faults: Fault[] = []
  const repeat = readRepeat(line.text('repeat'), faults)
  const shard = readShard(line.text('shard'), faults)
  const durations = line.text('durations')
  if (durations !== undefined && line.text('shard') === undefined) faults.push(DURATIONS_ALONE)
  if (faults.length > 0) throw new FaultError(faults)
  return {
    repeat,
    lastFailed: line.has('last-failed'),
    ...(shard ? { shard } : {}),
    ...(durations === undefined ? {} : { durations }),
  }
}

function readRepeat(text: string | undefined, faults: Fault[]): number {
  if (text === undefined) return 1
  const repeat = /^\d{1,6}$/.test(text) ? Number(text) : 0
  if (repeat < 1 || repeat > MAX_REPEATS) faults.push(invalid('repeat', text, `a whole number from 1 to ${MAX_REPEATS}`))
  return repeat
}

function readShard(text: string | undefined, faults: Fault[]): Shard | undefined {
  if (text === undefined) return undefined
  const [, index = 0, count = 0] = (/^(\d{1,4})\/(\d{1,4})$/.exec(text) ?? []).map(Number)
  if (index >= 1 && index <= count && count <= MAX_SHARDS) return { index, count }
  faults.push(invalid('shard', text, `which of how many, e.g. 1/4: from 1/N to N/N, N at most ${MAX_SHARDS}`))
  return undefined
}

function invalid(flag: string, text: string, expected: string): Fault {
  return { code: 'INVALID_FLAG', message: `the flag --${flag} says ${JSON.stringify(text)}`, expected }
}

const DURATIONS_ALONE: Fault = {
  code: 'CONFLICTING_FLAGS',
  message: '--durations decides how scenarios are dealt to shards, and there is no --shard',
  advice: 'add --shard 1/4, or leave --durations out',
}
