import { randomUUID } from 'node:crypto'
import { join } from 'node:path'
import { getFlow } from '../api/resources/flow.ts'
import type { Settings } from '../config/settings.ts'
import { type FolderLock, lockFolder } from '../journal/lock-folder.ts'
import { openJournal } from '../journal/open-journal.ts'
import type { RunShard } from '../model/event.ts'
import type { Excuse } from '../model/excuse.ts'
import { FaultError } from '../model/fault.ts'
import type { Receiver } from '../model/inbox.ts'
import type { Reporter } from '../model/reporter.ts'
import { seededRandom } from '../model/seeded-random.ts'
import { worstExitCode } from '../runner/exit-code.ts'
import { run } from '../runner/run.ts'
import type { LoadedFiles, RunSummary } from '../runner/run-options.ts'
import { bindStep } from '../scenario/bind-step.ts'
import { fileLocator } from '../scenario/locate-in-file.ts'
import { stepKinds } from '../steps/kinds.ts'
import type { CutOff } from './cut-off.ts'
import { createEventSink } from './event-sink.ts'
import { EXIT } from './exit-codes.ts'
import type { AskForFlow } from './flow-finder.ts'
import type { OpenTarget } from './open-target.ts'
import { Patience } from './patience.ts'
import type { Resumption } from './resume.ts'
import type { RunCoverage } from './run-coverage.ts'
import type { RunFlags } from './run-flags.ts'
import { version } from './version.ts'
import { withFlowsSeen } from './with-flows-seen.ts'
import type { World } from './world.ts'

/** What the journal of a run is called, in the output folder. */
export const JOURNAL_NAME = 'journal.jsonl'

/** Everything that one run is made of. */
export interface Session {
  readonly files: LoadedFiles
  /** Which part of a night this is. @default all of it */
  readonly shard?: RunShard
  /** Why nothing was selected, once all files are read and where that can be said. */
  readonly whyNothing: () => string | undefined
  /** Why a scenario (by its id) that does not pass is excused; `undefined`: it is not. */
  readonly excuse: (scenario: string) => Excuse | undefined
  /** The run that this one goes on with. @default this one starts anew */
  readonly resumption?: Resumption
  readonly settings: Settings
  readonly flags: RunFlags & { readonly seed: number }
  readonly target: OpenTarget
  readonly reporter: Reporter
  readonly receiver: Receiver
  readonly cutOff: CutOff
  /** The output folder as this process reaches it. */
  readonly output: string
  readonly durations: ReadonlyMap<string, number>
  /** Absent: nobody asks for coverage. */
  readonly coverage?: RunCoverage
}

/** A run from its first event until all reports are closed. Resolves with the exit code; whatever goes wrong with a report, 70. */
export async function runSession(session: Session, world: World): Promise<number> {
  let lock: FolderLock | undefined
  try {
    lock = lockOrRefuse(session.output)
    await session.resumption?.settle(session.target)
    return await play(session, world)
  } finally {
    lock?.release?.()
    await session.receiver.close()
  }
}

async function play(session: Session, world: World): Promise<number> {
  const { target, reporter, cutOff, output } = session
  const patience = new Patience(world, cutOff)
  let isJournalWhole = true
  const journal = openOrRefuse(join(output, JOURNAL_NAME), (error) => {
    isJournalWhole = false
    world.stderr.write(`the journal cannot be written any more: ${messageOf(error)}\n`)
    patience.breakDown('the journal cannot be written, and without it nobody would know which jobs were started')
  })
  const sink = createEventSink(world.secrets, journal, reporter)
  const running = run(session.files, worldOf(session, world, sink.emit, patience), optionsOf(session, world))
  const summary = (await Promise.race([running, patience.over])) ?? undefined
  sink.stop()
  const isReported = await closeReports(reporter, world)
  journal.close()
  patience.close()
  await target.client.close()
  for (const bug of summary?.bugs ?? []) world.stderr.write(`${stackOf(bug)}\n`)
  return worstExitCode([
    exitCodeOf(summary, patience),
    isReported && isJournalWhole ? EXIT.ok : EXIT.bug,
    session.coverage?.exitCode() ?? EXIT.ok,
  ])
}

function exitCodeOf(summary: RunSummary | undefined, { why }: Patience): number {
  return worstExitCode([summary?.exitCode ?? EXIT.ok, why?.exitCode ?? (summary ? EXIT.ok : EXIT.bug)])
}

function worldOf(
  { target, cutOff, flags, receiver, excuse, coverage, resumption }: Session,
  world: World,
  emit: Parameters<typeof run>[1]['emit'],
  patience: Patience,
): Parameters<typeof run>[1] {
  return {
    kinds: coverage ? withFlowsSeen(stepKinds, coverage.finderFor(askOutsideSteps(target, patience))) : stepKinds,
    client: target.client,
    clock: cutOff.clock(world.clock),
    random: seededRandom(flags.seed),
    receiver,
    emit,
    signal: patience.signal,
    bind: bindStep,
    locate: fileLocator(world.cwd),
    excuse,
    ...(resumption ? { finished: resumption.finished } : {}),
    // Few calls need it: loaded when one does.
    visitBounds: async (definition) => (await import('../flow/loops/visit-bounds.ts')).visitBounds(definition),
  }
}

/** What is asked for the sake of reports belongs to no step: it takes none of its time. */
function askOutsideSteps({ client }: OpenTarget, { signal }: Patience): AskForFlow {
  const send = client.with({ signal, observe: () => undefined })
  return (flowId) => getFlow(send, flowId)
}

function optionsOf(
  { settings, flags, target, durations, shard, whyNothing, resumption }: Session,
  world: World,
): Parameters<typeof run>[2] {
  const { limits, timeouts, retries, strict, failOnFlaky, simulations, executions } = settings
  const { name, baseUrl } = target
  return {
    runId: randomUUID(),
    seed: flags.seed,
    version: version(),
    hostname: world.hostname,
    target: { name, baseUrl },
    limits: { ...limits, jobsOpenOfKind: { simulate: simulations.active } },
    timeouts: { ...timeouts, stepOfKindMs: { simulate: timeouts.simulationMs } },
    steps: { simulations, executions },
    retries,
    strict,
    failOnFlaky,
    passWithNoTests: flags.passWithNoTests || isIdle(shard),
    ...(flags.shuffle ? { shuffle: true } : {}),
    ...(shard ? { shard } : {}),
    ...(resumption ? { resumes: { ...resumption.started, told: resumption.told } } : {}),
    durations,
    whyNothing,
    ...(flags.bail === undefined ? {} : { bail: flags.bail }),
  }
}

/** A machine for which no scenario is left, since others have them all. */
function isIdle(shard: RunShard | undefined): boolean {
  return shard !== undefined && shard.scenarios > 0
}

/** Two runs that write one journal would spoil it for both. */
function lockOrRefuse(output: string): FolderLock {
  const lock = lockFolder(output)
  if (lock.release) return lock
  const message = `another run, process ${lock.heldBy}, is writing to the folder ${output}`
  throw new FaultError([{ code: 'OUTPUT_IN_USE', message, advice: 'wait for its end, or choose another folder with --output' }])
}

function openOrRefuse(path: string, onFailure: (error: unknown) => void) {
  try {
    return openJournal(path, { onFailure })
  } catch (error) {
    const message = `the journal ${path} cannot be written: ${messageOf(error)}`
    throw new FaultError([{ code: 'CANNOT_WRITE', message, advice: 'choose another folder with --output' }])
  }
}

async function closeReports(reporter: Reporter, world: World): Promise<boolean> {
  try {
    await reporter.close()
    return true
  } catch (error) {
    world.stderr.write(`${messageOf(error)}\n`)
    return false
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}

function stackOf(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error)
}
