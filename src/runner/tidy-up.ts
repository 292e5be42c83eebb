import { formatDuration } from '../model/duration.ts'
import { ProblemError } from '../model/problem.ts'
import { requestTeller } from './request-teller.ts'
import { Scope } from './scope.ts'
import type { HeldContext, StepAtWork } from './step-context.ts'
import { Stretch } from './stretch.ts'

/** How long a step that ended without a result may take to tidy up. Once the run is interrupted, all of them share the time of teardowns. */
const TIDY_UP_MS = 15_000

/**
 * Lets a step that ended without a result stop what it started: with requests that its own end of time does not touch, and within a time
 * of its own. Resolves in any case; what could not be tidied up the step has told as a job that it left.
 */
export async function tidyUp(work: StepAtWork, tidies: ReturnType<HeldContext['tidies']>): Promise<void> {
  if (tidies.length === 0) return
  const { run } = work.part.attempt
  const scope = new Scope()
  const stretch = new Stretch()
  stretch.at((problem) => scope.cut(problem))
  const message = `tidying up took longer than ${formatDuration(TIDY_UP_MS)}`
  const deadline = run.deadlines.start(TIDY_UP_MS, () => stretch.cut({ code: 'TIMEOUT', message }))
  const leave = run.enterTeardown(stretch)
  const send = run.world.client.with({ signal: scope.signal, observe: requestTeller(work) })
  for (const tidy of tidies) await scope.race(tidy(send)).catch((error: unknown) => error instanceof ProblemError || run.bug(error))
  leave()
  deadline.stop()
}
