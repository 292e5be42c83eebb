import type { RequestEvent } from '../api/send.ts'
import type { ProblemCode } from '../model/problem.ts'
import type { StepAtWork } from './step-context.ts'

/** How a request can end when its time is over. */
const OUT_OF_TIME: readonly ProblemCode[] = ['TIMEOUT', 'UNKNOWN_OUTCOME']

/** Tells of the requests of one client context as events of the run, numbered on from those that the try has sent so far. */
export function requestTeller({ part, index, activity }: StepAtWork): (event: RequestEvent) => void {
  const { attempt } = part
  const { run, scenario, number } = attempt
  const firstRequest = attempt.requests
  return (event) => {
    // The client keeps to our limits too, and may be the first to see that one is reached: it is told as that limit, in any case.
    if (event.type === 'request-failed' && OUT_OF_TIME.includes(event.problem.code)) run.deadlines.reachDue()
    activity.onRequest(event)
    const request = firstRequest + event.request
    attempt.requests = Math.max(attempt.requests, request + 1)
    // Not spread: to add to what was spread takes twenty times as long.
    run.emit(Object.assign({}, event, { atMs: run.atMs(), scenario: scenario.id, try: number, step: index, request }))
  }
}
