import { type Fault, FaultError } from '../model/fault.ts'
import type { CommandLine } from './command-line.ts'
import type { FlagName } from './flags.ts'

const MAX_SEED = 2 ** 32 - 1

/** What the flags of `cxspec run` say that no configuration says. */
export interface RunFlags {
  /** Absent: never stop early. */
  readonly bail?: number
  /** Absent: one is chosen. */
  readonly seed?: number
  readonly passWithNoTests: boolean
  /** Whether scenarios start in an order that comes from the seed. */
  readonly shuffle: boolean
}

/** Reads them. Throws a `FaultError` with everything that is no number where one is needed. */
export function readRunFlags(line: CommandLine): RunFlags {
  const faults: Fault[] = []
  const bail = line.has('bail') ? numberOf(line, 'bail', { least: 1, most: 1_000_000, left: 1 }, faults) : undefined
  const seed = line.has('seed') ? numberOf(line, 'seed', { least: 0, most: MAX_SEED }, faults) : undefined
  if (line.has('quiet') && line.has('verbose')) {
    faults.push({ code: 'CONFLICTING_FLAGS', message: '--quiet and --verbose contradict each other', advice: 'keep one of them' })
  }
  if (faults.length > 0) throw new FaultError(faults)
  return {
    ...(bail === undefined ? {} : { bail }),
    ...(seed === undefined ? {} : { seed }),
    passWithNoTests: line.has('pass-with-no-tests'),
    shuffle: line.has('shuffle'),
  }
}

interface Range {
  readonly least: number
  readonly most: number
  /** What a value that is left out stands for. */
  readonly left?: number
}

function numberOf(line: CommandLine, flag: FlagName, { least, most, left }: Range, faults: Fault[]): number | undefined {
  const text = line.text(flag)
  if (text === undefined) return left
  const number = /^\d{1,10}$/.test(text) ? Number(text) : Number.NaN
  if (number >= least && number <= most) return number
  faults.push({
    code: 'INVALID_FLAG',
    message: `the flag --${flag} says ${JSON.stringify(text)}`,
    expected: `a whole number from ${least} to ${most}`,
  })
  return undefined
}
