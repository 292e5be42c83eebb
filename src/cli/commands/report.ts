import { readJournal } from '../../journal/read-journal.ts'
import { emptyJournal } from '../../journal/unreadable-journal.ts'
import type { RunEvent } from '../../model/event.ts'
import { FaultError } from '../../model/fault.ts'
import { printable } from '../../model/printable.ts'
import type { Reporter } from '../../model/reporter.ts'
import { createReporters } from '../../report/create-reporters.ts'
import type { Command } from '../command.ts'
import { EXIT } from '../exit-codes.ts'
import { makeFolders } from '../make-folders.ts'
import { pathFor } from '../path-for.ts'
import { reportEnvironment, reporterChoices, reportFolders } from '../report-environment-for.ts'
import { settingsFor } from '../settings-for.ts'
import type { World } from '../world.ts'

/** `cxspec report JOURNAL`: any report of a run, also of one that was killed, from its journal. */
export const report: Command = {
  operands: 'JOURNAL',
  operandCount: { least: 1, most: 1 },
  about:
    'Makes reports from the journal of a run, as they would have been made live. Where the run was killed, everything that has no end\n' +
    'in the journal is an error in the reports. Exits with the code of that run; 70 where the run never came to its end.',
  flags: ['reporter', 'output', 'quiet', 'verbose', 'config', 'env-file'],
  examples: [
    { command: 'cxspec report reports/journal.jsonl', effect: 'make the configured reports again' },
    { command: 'cxspec report night.jsonl --reporter junit:file=night.xml', effect: 'only JUnit, to a file of its own' },
  ],
  async run(line, world) {
    const { settings } = settingsFor(line, world)
    const [journal = ''] = line.positionals
    const reporter = await createReporters(reporterChoices(settings, world), reportEnvironment(line, settings, world))
    makeFolders(reportFolders(settings, world))
    const end = await replay(pathFor(world, journal), reporter, world)
    return (await closed(reporter, world)) ? end : EXIT.bug
  },
}

/** Passes every event on; yields the exit code of the run, if it came to its end. */
async function replay(path: string, reporter: Reporter, world: World): Promise<number> {
  let exitCode: number = EXIT.bug
  let isEmpty = true
  const onTorn = (number: number): unknown =>
    world.stderr.write(`${printable(path)}:${number}: the last line was torn off when the process died, and is left out\n`)
  for await (const event of readJournal(path, { onTorn })) {
    isEmpty = false
    reporter.on(event)
    exitCode = exitCodeOf(event) ?? exitCode
  }
  if (isEmpty) throw new FaultError([emptyJournal(path)])
  return exitCode
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
