import { formatOrigin } from '../../config/origin.ts'
import { FaultError } from '../../model/fault.ts'
import { printable } from '../../model/printable.ts'
import type { Command } from '../command.ts'
import { resolutionFor } from '../settings-for.ts'

/** `cxspec config`: every value in force, and where it came from. */
export const config: Command = {
  operands: '',
  operandCount: { least: 0, most: 0 },
  about:
    'Shows every setting that is in force and where it comes from: a flag, an environment variable, the configuration file or a default.\n' +
    'Credentials are never shown, only whether and where they are set.',
  flags: [
    'config',
    'env-file',
    'target',
    'jobs',
    'retries',
    'strict',
    'fail-on-flaky',
    'timeout',
    'var',
    'reporter',
    'output',
    'flows',
    'json',
  ],
  examples: [
    { command: 'cxspec config', effect: 'what `cxspec run` would use' },
    { command: 'cxspec config --target staging --json', effect: 'for another target, as JSON' },
  ],
  async run(line, world) {
    const { effective, faults } = resolutionFor(line, world)
    const rows = effective.map(({ name, shown, origin }) => ({ name, value: printable(shown), origin: printable(formatOrigin(origin)) }))
    world.stdout.write(line.has('json') ? `${JSON.stringify(rows, null, 2)}\n` : table(rows))
    if (faults.length > 0) throw new FaultError(faults)
    return 0
  },
}

interface Row {
  readonly name: string
  readonly value: string
  readonly origin: string
}

/** A long value must not push the origins of all others out of sight. */
const WIDEST_VALUE = 44

function table(rows: readonly Row[]): string {
  const nameWidth = Math.max(0, ...rows.map(({ name }) => name.length))
  const valueWidth = Math.min(WIDEST_VALUE, Math.max(0, ...rows.map(({ value }) => value.length)))
  return rows.map(({ name, value, origin }) => `${name.padEnd(nameWidth)}  ${value.padEnd(valueWidth)}  ${origin}\n`).join('')
}
