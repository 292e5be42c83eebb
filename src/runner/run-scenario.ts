import { FLAKY } from '../model/flaky.ts'
import type { Outcome } from '../model/outcome.ts'
import type { PlannedRun } from './attempt.ts'
import type { RunState } from './run-state.ts'
import { runTry, type TryEnd } from './run-try.ts'
import type { Seat } from './seat.ts'

/** Runs a scenario, again if need be, and tells how it ended. Its place is taken when it starts. Never rejects. */
export async function runScenario(run: RunState, planned: PlannedRun, seat: Seat): Promise<void> {
  const { id, retries = run.options.retries ?? 0 } = planned.scenario
  run.emit({ type: 'scenario-started', atMs: run.atMs(), scenario: id })
  let tries = 1
  let end = await runTry(run, planned, tries, seat)
  while (tries <= retries && needsRetry(end) && !run.ending?.cut) {
    run.emit({ type: 'try-finished', atMs: run.atMs(), scenario: id, try: tries, durationMs: end.durationMs, outcome: end.outcome })
    tries += 1
    await seat.take()
    end = await runTry(run, planned, tries, seat)
  }
  run.finish(id, { tries, durationMs: end.durationMs, outcome: run.options.failOnFlaky ? withoutLuck(end.outcome, tries) : end.outcome })
}

/** Passing on a later try is not enough where flaky scenarios count as failed. */
function withoutLuck(outcome: Outcome, tries: number): Outcome {
  if (outcome.status !== 'passed' || tries === 1) return outcome
  const message = `it passed on try ${tries} only: it is flaky, and --fail-on-flaky counts that as failed`
  const advice = 'find out what differs between its tries, or put it into quarantine until somebody has'
  return { status: 'failed', findings: [{ code: FLAKY, message, advice }] }
}

function needsRetry({ outcome, mayRepeat }: TryEnd): boolean {
  return mayRepeat && (outcome.status === 'failed' || outcome.status === 'errored')
}
