import type { PlannedRun } from './attempt.ts'
import { type Ending, interruptedBy, outOfTime } from './ending.ts'
import { exitCodeOf } from './exit-code.ts'
import { Feed } from './feed.ts'
import type { LoadedFiles, RunOptions, RunSummary, RunWorld } from './run-options.ts'
import { runScenario } from './run-scenario.ts'
import { RunState } from './run-state.ts'
import { Seat } from './seat.ts'
import { Semaphore } from './semaphore.ts'

/** How long files may still be read once the run is cut short, to name the scenarios that did not run. */
const LAST_READING_MS = 5_000

/**
 * Runs scenarios beside each other and tells all that happens as events: first `run-started`, last `run-finished`, and exactly one
 * `scenario-finished` for each scenario that was planned. Prints nothing. Resolves once everything that it started has ended;
 * never rejects for anything that the world does.
 */
export async function run(files: LoadedFiles, world: RunWorld, options: RunOptions): Promise<RunSummary> {
  const state = new RunState(world, options)
  tellStart(state)
  const feed = new Feed(state, files)
  const stopWatching = watchForEnd(state, feed)
  await runAll(state, feed)
  stopWatching()
  state.deadlines.close()
  await state.inboxes.close()
  return tellEnd(state, feed)
}

function tellStart(state: RunState): void {
  const { runId, version, target, seed, hostname, shard, shuffle, resumes } = state.options
  const startedAt = resumes?.startedAt ?? state.world.clock.date().toISOString()
  const plan = {
    ...(shard ? { shard } : {}),
    ...(shuffle ? { shuffled: true as const } : {}),
    ...(resumes ? { resumes: resumes.runId } : {}),
  }
  state.emit({ type: 'run-started', atMs: 0, runId, startedAt, version, target, seed, hostname, ...plan })
  for (const event of resumes?.told ?? []) state.emit(event)
}

/** Ends the run when its signal aborts or its time is over. Returns the function that stops looking. */
function watchForEnd(state: RunState, feed: Feed): () => void {
  const { signal } = state.world
  const { runMs } = state.options.timeouts
  const end = (ending: Ending): void => {
    state.end(ending)
    state.deadlines.start(LAST_READING_MS, () => feed.abandon())
  }
  const onInterrupt = (): void => end(interruptedBy(signal.reason))
  state.deadline = state.deadlines.start(runMs, () => end(outOfTime(runMs)))
  if (signal.aborted) onInterrupt()
  else signal.addEventListener('abort', onInterrupt, { once: true })
  return () => signal.removeEventListener('abort', onInterrupt)
}

/**
 * Starts one scenario after the other as places get free. One is fetched before its place is: a scenario that waits for a resource
 * or for its file holds no place, and one that comes back from a job has at most one newcomer before it.
 */
async function runAll(state: RunState, feed: Feed): Promise<void> {
  const { requestsAtOnce, jobsOpen } = state.options.limits
  const open = new Semaphore(Math.max(requestsAtOnce, jobsOpen))
  await feed.open()
  for (;;) {
    const leave = await open.acquire()
    const planned = await feed.next()
    if (!planned) break
    const seat = new Seat(state.seats)
    if (!state.ending) await seat.take()
    void runOrPass(state, planned, seat).then(() => {
      seat.give()
      leave()
      feed.done(planned)
    })
  }
  await feed.allDone()
}

async function runOrPass(state: RunState, planned: PlannedRun, seat: Seat): Promise<void> {
  const { ending } = state
  const { id } = planned.scenario
  try {
    if (!ending) return await runScenario(state, planned, seat)
    const outcome = ending.outcome(ending.cut ?? { code: 'ABORTED', message: ending.why })
    state.finish(id, { tries: 0, durationMs: 0, outcome })
  } catch (error) {
    state.finish(id, { tries: 1, durationMs: 0, outcome: { status: 'errored', problem: state.bug(error), findings: [] } })
  }
}

function tellEnd(state: RunState, feed: Feed): RunSummary {
  const { ending, tally, bugs, options } = state
  const { passWithNoTests } = options
  const exitCode = exitCodeOf(tally.counts, { bugs: bugs.length, endedWith: ending?.exitCode, passWithNoTests })
  const interruption = ending && (feed.isIncomplete ? `${ending.why}; not every scenario file was read` : ending.why)
  const early = interruption === undefined ? {} : { interruption }
  const nothingSelected = options.whyNothing?.()
  const why = nothingSelected === undefined ? {} : { nothingSelected }
  state.emit({ type: 'run-finished', atMs: state.atMs(), exitCode, ...early, ...why, longestMs: tally.longestMs })
  return { exitCode: bugs.length > 0 ? 70 : exitCode, counts: tally.counts, bugs, ...early }
}
