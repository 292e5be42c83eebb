import type { Command } from '../command.ts'
import { readMinCoverage } from '../coverage-flags.ts'
import { coverageOfJournals } from '../coverage-of-journals.ts'
import { settingsFor } from '../settings-for.ts'
import { writeCoverage } from '../write-coverage.ts'

/** `cxspec coverage JOURNAL…`: what the calls of runs went through, together. */
export const coverage: Command = {
  operands: 'JOURNAL…',
  operandCount: { least: 1, most: Number.POSITIVE_INFINITY },
  about:
    'Adds up what the virtual calls of runs went through, from their journals (or folders with journals): shards of one night, or many\n' +
    'nights. What belongs to different editions of a flow is counted apart. Runs with --coverage keep the definitions of their flows in\n' +
    'the journal; for others, the files below the configured folders are taken as they are now, which is said.\n' +
    'Exits 0, or 1 where less is covered than --min-coverage wants.',
  flags: ['min-coverage', 'output', 'flows', 'quiet', 'config', 'env-file'],
  examples: [
    { command: 'cxspec coverage reports/journal.jsonl', effect: 'of the last run' },
    { command: 'cxspec coverage shard-*.jsonl --min-coverage branches=90', effect: 'of all shards together' },
  ],
  async run(line, world) {
    const { settings } = settingsFor(line, world)
    const least = readMinCoverage(line)
    const found = await coverageOfJournals(line.positionals, settings, world)
    return writeCoverage(found, { least, output: settings.output, isShown: !line.has('quiet'), line }, world)
  },
}
