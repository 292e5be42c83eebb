import { readJournal } from '../journal/read-journal.ts'
import { emptyJournal } from '../journal/unreadable-journal.ts'
import type { RunEvent, RunStarted } from '../model/event.ts'
import { type Fault, FaultError } from '../model/fault.ts'
import { printable } from '../model/printable.ts'
import { type UnfinishedRun, unfinishedRun } from '../regression/finished-scenarios.ts'
import type { LoadedFile } from '../runner/run-options.ts'
import { readLeft, requireSame, sweepAll } from './left-behind.ts'
import type { OpenTarget } from './open-target.ts'
import { pathFor } from './path-for.ts'
import type { World } from './world.ts'

/** Scenarios that are named where this command does not select them. */
const MAX_NAMED = 5

/** A run that goes on where an earlier one was interrupted. */
export interface Resumption {
  readonly started: RunStarted
  /** What was told of no scenario, e.g. of flows. */
  readonly told: readonly RunEvent[]
  /** What was told of a scenario that is finished. */
  readonly finished: (scenario: string) => readonly RunEvent[] | undefined
  /** Throws a `FaultError` where this command leaves out what the interrupted run had planned: the result would not be that run's. */
  readonly requireAll: (files: readonly LoadedFile[]) => void
  /** Stops the jobs that the interrupted run left on the target, or says what cannot be stopped, before anything is run again. */
  readonly settle: (target: OpenTarget) => Promise<void>
}

/** Reads the journal behind `--resume`. Rejects with a `FaultError` for one that was changed or cannot be read. */
export async function readResumption(path: string, world: World): Promise<Resumption> {
  const { jobs } = await readLeft(pathFor(world, path), path)
  const run = await unfinishedRun(readJournal(pathFor(world, path)))
  if (!run) throw new FaultError([emptyJournal(path)])
  return {
    started: run.started,
    told: run.flows,
    finished: (scenario) => run.finished.get(scenario),
    requireAll: (files) => requireAll(run, files, path),
    settle: async (target) => {
      requireSame(run.started, target)
      for (const { job, state, message } of await sweepAll(jobs, target, { isDryRun: false }, world)) {
        world.stderr.write(`${printable(`left by the interrupted run: ${job.kind} ${job.id ?? '(no id)'}: ${state}, ${message}`)}\n`)
      }
    },
  }
}

function requireAll({ planned }: UnfinishedRun, files: readonly LoadedFile[], path: string): void {
  const selected = new Set(files.flatMap(({ suite }) => suite?.scenarios.map(({ id }) => id) ?? []))
  const missing = [...planned].filter((id) => !selected.has(id))
  if (missing.length > 0) throw new FaultError([leavesOut(missing, path)])
}

function leavesOut(missing: readonly string[], path: string): Fault {
  const names = missing.slice(0, MAX_NAMED).join(', ')
  const rest = missing.length > MAX_NAMED ? ` and ${missing.length - MAX_NAMED} more` : ''
  return {
    code: 'NOT_ONE_RUN',
    message: `${path} has planned scenarios that this command does not select: ${names}${rest}`,
    advice: 'resume with the same files, paths and flags as the run that was interrupted',
  }
}
