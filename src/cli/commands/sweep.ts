import type { RunStarted } from '../../model/event.ts'
import { printable } from '../../model/printable.ts'
import type { LeftJob } from '../../sweep/left-jobs.ts'
import type { SweepResult } from '../../sweep/sweep.ts'
import type { Command } from '../command.ts'
import { EXIT } from '../exit-codes.ts'
import { readLeft, requireSame, sweepAll } from '../left-behind.ts'
import { openTarget } from '../open-target.ts'
import { pathFor } from '../path-for.ts'
import { settingsFor } from '../settings-for.ts'

/** `cxspec sweep JOURNAL`: what a run that died has left on the target. */
export const sweep: Command = {
  operands: 'JOURNAL',
  operandCount: { least: 1, most: 1 },
  about:
    'Stops the jobs that a run left behind which died, and lists those that the API cannot stop. An agent\n' +
    'that a scenario was to put back (restore: true) is put back, unless somebody else has changed it since. Only what the journal shows to be of that\n' +
    'run is touched: by its id, or by the tag that the run gave it. A journal that was changed is refused. It must run against the same\n' +
    'target, and not while the run is still going on. Doing it again does no harm.\n' +
    'Exits 0 where nothing is left, 1 where something still runs or nobody can tell, and 3 where the target could not be asked.',
  flags: ['dry-run', 'json', 'target', 'config', 'env-file'],
  examples: [
    { command: 'cxspec sweep reports/journal.jsonl --target staging', effect: 'after a run on staging that was killed' },
    { command: 'cxspec sweep reports/journal.jsonl --dry-run', effect: 'only say what is left' },
  ],
  async run(line, world) {
    const [path = ''] = line.positionals
    const { settings, resolution } = settingsFor(line, world)
    const { started, jobs } = await readLeft(pathFor(world, path), path)
    const target = await openTarget(settings, resolution, world, { random: world.random, wrap: (transport) => transport })
    try {
      requireSame(started, target)
      const results = await sweepAll(jobs, target, { isDryRun: line.has('dry-run') }, world)
      world.stdout.write(line.has('json') ? `${JSON.stringify(results.map(withoutProblem), null, 2)}\n` : report(results, started))
      return exitCodeOf(results)
    } finally {
      await target.client.close()
    }
  },
}

function report(results: readonly SweepResult[], { runId }: RunStarted): string {
  if (results.length === 0) return `run ${printable(runId)} left nothing behind\n`
  const lines = results.map(({ job, state, message }) => {
    const what = [job.kind, job.id ?? '(no id)'].join(' ')
    return `${state.padEnd(7)}  ${printable(what)}: ${printable(message)}${traceOf(job)}\n`
  })
  return `run ${printable(runId)}:\n${lines.join('')}`
}

/** What helps to find it on the platform. */
function traceOf({ id, correlationId, scenario }: LeftJob): string {
  const correlation = id === undefined && correlationId !== undefined ? `correlation id ${correlationId}, ` : ''
  return printable(` (${correlation}${scenario})`)
}

function withoutProblem({ job, state, message }: SweepResult) {
  return { ...job, state, message }
}

const LEFT: readonly SweepResult['state'][] = ['running', 'unknown', 'changed']

function exitCodeOf(results: readonly SweepResult[]): number {
  if (results.some(({ state }) => state === 'failed')) return EXIT.errored
  return results.some(({ state }) => LEFT.includes(state)) ? EXIT.failed : EXIT.ok
}
