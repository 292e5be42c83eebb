import { readJournal } from '../journal/read-journal.ts'
import { emptyJournal, unreadableJournal } from '../journal/unreadable-journal.ts'
import { verifyJournal } from '../journal/verify-journal.ts'
import type { RunStarted } from '../model/event.ts'
import { FaultError } from '../model/fault.ts'
import { printable } from '../model/printable.ts'
import { type LeftJob, LeftJobs } from '../sweep/left-jobs.ts'
import { type SweepResult, sweep as sweepJobs } from '../sweep/sweep.ts'
import type { OpenTarget } from './open-target.ts'
import type { World } from './world.ts'

/** What a run that died has left behind. */
export interface Left {
  readonly started: RunStarted
  readonly jobs: readonly LeftJob[]
}

/** Reads it from a journal. Rejects with a `FaultError` for one that was changed or cannot be read; `shown` names it in messages. */
export async function readLeft(path: string, shown: string): Promise<Left> {
  requireIntact(path, shown)
  const left = new LeftJobs()
  let started: RunStarted | undefined
  for await (const event of readJournal(path)) {
    if (event.type === 'run-started') started = event
    left.on(event)
  }
  if (!started) throw new FaultError([emptyJournal(shown)])
  return { started, jobs: left.list() }
}

/** Somebody who changes the journal could otherwise have other people's jobs stopped. */
function requireIntact(path: string, shown: string): void {
  const verdict = verdictOn(path, shown)
  if (verdict.isIntact) return
  const message = `${printable(shown)}:${verdict.line}: the journal was tampered with: ${verdict.message}`
  throw new FaultError([{ code: 'JOURNAL_TAMPERED', message, advice: 'nothing was touched; look after the jobs on the platform' }])
}

function verdictOn(path: string, shown: string) {
  try {
    return verifyJournal(path)
  } catch (error) {
    throw new FaultError([unreadableJournal(shown, error)])
  }
}

/** Throws a `FaultError` where the run was against another target. */
export function requireSame({ target }: RunStarted, { name, baseUrl }: OpenTarget): void {
  if (target.baseUrl === baseUrl) return
  const message = `the run was against "${target.name}" (${target.baseUrl}), and this is "${name}" (${baseUrl})`
  throw new FaultError([{ code: 'OTHER_TARGET', message, advice: `name the same target: --target ${target.name}` }])
}

/** Looks after each job, until an emergency interrupts it. */
export async function sweepAll(
  jobs: readonly LeftJob[],
  { client }: OpenTarget,
  options: { readonly isDryRun: boolean },
  world: World,
): Promise<SweepResult[]> {
  const interrupt = new AbortController()
  const unsubscribe = world.emergencies.subscribe(() => interrupt.abort(new Error('the sweep was interrupted')))
  const send = client.with({ signal: interrupt.signal, observe: () => undefined })
  const results: SweepResult[] = []
  try {
    for await (const result of sweepJobs(send, jobs, { ...options, now: () => world.clock.date() })) results.push(result)
  } finally {
    unsubscribe()
  }
  return results
}
