import type { Settings } from '../../config/settings.ts'
import { readJournal } from '../../journal/read-journal.ts'
import { emptyJournal } from '../../journal/unreadable-journal.ts'
import type { RunEvent } from '../../model/event.ts'
import { type Fault, FaultError } from '../../model/fault.ts'
import { printable } from '../../model/printable.ts'
import type { Reporter } from '../../model/reporter.ts'
import { mergeRuns } from '../../regression/merge-runs.ts'
import type { JournalSource } from '../../regression/outline.ts'
import { createReporters } from '../../report/create-reporters.ts'
import { worstExitCode } from '../../runner/exit-code.ts'
import type { Command } from '../command.ts'
import type { CommandLine } from '../command-line.ts'
import { readMinCoverage, wantsCoverage } from '../coverage-flags.ts'
import { EXIT } from '../exit-codes.ts'
import { pathFor } from '../path-for.ts'
import { prepareReports, reportEnvironment, reporterChoices } from '../report-environment-for.ts'
import { settingsFor } from '../settings-for.ts'
import type { World } from '../world.ts'

/** `cxspec report JOURNAL`: any report of a run, also of one that was killed, from its journal. */
export const report: Command = {
  operands: 'JOURNAL…',
  operandCount: { least: 1, most: Number.POSITIVE_INFINITY },
  about:
    'Makes reports from the journal of a run, as they would have been made live. Where the run was killed, everything that has no end\n' +
    'in the journal is an error in the reports. Exits with the code of that run; 70 where the run never came to its end.\n' +
    'With --merge, the journals of several machines make one result; journals that do not belong together are refused, and a shard that\n' +
    'is missing is an error.',
  flags: ['merge', 'coverage', 'min-coverage', 'reporter', 'output', 'flows', 'quiet', 'verbose', 'config', 'env-file'],
  examples: [
    { command: 'cxspec report reports/journal.jsonl', effect: 'make the configured reports again' },
    { command: 'cxspec report --merge shard-1.jsonl shard-2.jsonl', effect: 'one result of two shards' },
    { command: 'cxspec report night.jsonl --reporter junit:file=night.xml', effect: 'only JUnit, to a file of its own' },
  ],
  async run(line, world) {
    const { settings } = settingsFor(line, world)
    const journals = line.positionals
    readMinCoverage(line)
    if (journals.length > 1 && !line.has('merge')) throw new FaultError([SEVERAL_JOURNALS])
    const reporter = await createReporters(reporterChoices(settings, world), reportEnvironment(line, settings, world))
    prepareReports(settings, world)
    const sources = journals.map((journal) => sourceOf(journal, world))
    const [first] = sources
    const events = line.has('merge') ? mergeRuns(sources, worstExitCode) : first?.events()
    const end = events ? await replay(events, reporter, journals) : EXIT.bug
    const isReported = await closed(reporter, world)
    const covered = await coverageFrom(line, settings, world)
    return worstExitCode([isReported ? end : EXIT.bug, covered])
  },
}

/** From the journals themselves: each run knows its own editions of flows. */
async function coverageFrom(line: CommandLine, settings: Settings, world: World): Promise<number> {
  if (!wantsCoverage(line)) return EXIT.ok
  const { coverageOfJournals } = await import('../coverage-of-journals.ts')
  const { writeCoverage } = await import('../write-coverage.ts')
  const coverage = await coverageOfJournals(line.positionals, settings, world)
  const isShown = !line.has('quiet') && settings.reporters.some(({ name }) => name === 'screen')
  return writeCoverage(coverage, { least: readMinCoverage(line), output: settings.output, isShown, line }, world)
}

/** Passes every event on; yields the exit code of the run, if it came to its end. */
async function replay(events: AsyncIterable<RunEvent>, reporter: Reporter, journals: readonly string[]): Promise<number> {
  let exitCode: number = EXIT.bug
  let isEmpty = true
  for await (const event of events) {
    isEmpty = false
    reporter.on(event)
    exitCode = exitCodeOf(event) ?? exitCode
  }
  if (isEmpty) throw new FaultError(journals.map(emptyJournal))
  return exitCode
}

/** A journal that may be read several times, and tells once that its last line is torn. */
function sourceOf(name: string, world: World): JournalSource {
  const path = pathFor(world, name)
  let isTold = false
  const onTorn = (number: number): void => {
    if (!isTold) world.stderr.write(`${printable(path)}:${number}: the last line was torn off when the process died, and is left out\n`)
    isTold = true
  }
  return { name, events: () => readJournal(path, { onTorn }) }
}

const SEVERAL_JOURNALS: Fault = {
  code: 'SEVERAL_JOURNALS',
  message: 'a report is made from one journal, and several are named',
  advice: 'add --merge to make one result of the journals of several machines',
}

function exitCodeOf(event: RunEvent): number | undefined {
  return event.type === 'run-finished' ? event.exitCode : undefined
}

async function closed(reporter: Reporter, world: World): Promise<boolean> {
  try {
    await reporter.close()
    return true
  } catch (error) {
    world.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`)
    return false
  }
}
