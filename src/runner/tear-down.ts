import { formatDuration } from '../model/duration.ts'
import { type Problem, ProblemError } from '../model/problem.ts'
import type { Step } from '../model/suite.ts'
import type { Attempt } from './attempt.ts'
import { putBack } from './put-back.ts'
import { runStep, type StepEnd } from './run-step.ts'
import { Stretch } from './stretch.ts'

/**
 * Runs all teardown steps of a try, and puts back what its steps have asked for, whatever became of them and of each other, within a time
 * of its own. What goes wrong is told as `teardown-failed` and leaves the scenario's verdict alone. `hasUnstarted`: some step of the try
 * was never begun.
 */
export async function tearDown(attempt: Attempt, hasUnstarted: boolean): Promise<void> {
  const { run, scenario, seat } = attempt
  const { teardown = [] } = scenario
  if (teardown.length === 0 && attempt.putBacks.length === 0) return
  await seat.take()
  const stretch = new Stretch()
  const limitMs = run.options.timeouts.teardownMs ?? run.options.timeouts.stepMs
  const deadline = run.deadlines.start(limitMs, () => stretch.cut(tooLong(limitMs)))
  const leave = run.enterTeardown(stretch)
  for (const [position, step] of teardown.entries()) {
    if (hasUnstarted && hasNothingToTidy(attempt, step)) continue
    const index = scenario.steps.length + position
    report(attempt, index, await runStep({ attempt, stretch, deadline, isTeardown: true }, step, index))
  }
  // A step of the teardown may have asked for it too, so what is to be put back is looked for only now.
  for (let next = attempt.putBacks.pop(); next; next = attempt.putBacks.pop()) {
    const problem = await putBack(next, stretch, deadline)
    if (problem) report(attempt, next.work.index, { problem, findings: [] })
  }
  leave()
  deadline.stop()
}

function tooLong(limitMs: number): Problem {
  const message = `the teardown took longer than ${formatDuration(limitMs)}, its limit of time`
  return { code: 'TIMEOUT', message, details: { limit: 'teardown', limitMs } }
}

/** What a step would have made that was never begun is not there to be tidied up. */
function hasNothingToTidy(attempt: Attempt, step: Step): boolean {
  try {
    attempt.run.world.bind(step, attempt.outputs)
    return false
  } catch (error) {
    return error instanceof ProblemError && error.problem.code === 'UNKNOWN_REFERENCE'
  }
}

function report(attempt: Attempt, step: number, { problem, findings }: StepEnd): void {
  const { run, scenario } = attempt
  if (!problem && findings.length === 0) return
  run.tally.counts.teardownsFailed += 1
  run.emit({
    type: 'teardown-failed',
    atMs: run.atMs(),
    scenario: scenario.id,
    step,
    ...(problem ? { problem } : {}),
    ...(findings.length > 0 ? { findings } : {}),
  })
}
