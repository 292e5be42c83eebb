import type { Least } from '../flow/coverage/gate.ts'
import { METRICS } from '../flow/coverage/metric.ts'
import { type Fault, FaultError } from '../model/fault.ts'
import { METRIC_NAMES } from '../report/coverage/metric-names.ts'
import type { CommandLine } from './command-line.ts'

/** Whether coverage is asked for, and how much of it there has to be. `--min-coverage` asks for it too. */
export function wantsCoverage(line: CommandLine): boolean {
  return line.has('coverage') || line.has('min-coverage')
}

/** What `--min-coverage` says: `branches=90,nodes=100`. Throws a `FaultError` that names each part that makes no sense. */
export function readMinCoverage(line: CommandLine): readonly Least[] {
  const parts = (line.texts['min-coverage'] ?? []).flatMap((text) => text.split(','))
  const read = parts.map((part) => readLeast(part.trim()))
  const faults = read.flatMap((least) => ('code' in least ? [least] : []))
  if (faults.length > 0) throw new FaultError(faults)
  return read.flatMap((least) => ('code' in least ? [] : [least]))
}

function readLeast(part: string): Least | Fault {
  const [, name, number = ''] = /^([a-zA-Z-]+)=(\d{1,3}(?:\.\d{1,6})?)%?$/.exec(part) ?? []
  const metric = METRICS.find((known) => METRIC_NAMES[known] === name || known === name)
  const percent = Number(number)
  if (metric && percent <= 100) return { metric, percent }
  return {
    code: 'INVALID_FLAG',
    message: `the flag --min-coverage says ${JSON.stringify(part)}`,
    expected: `what has to be covered to how many percent, e.g. branches=90: ${METRICS.map((known) => METRIC_NAMES[known]).join(', ')}, each from 0 to 100`,
  }
}
