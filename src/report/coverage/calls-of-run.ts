import type { Verdict } from '../../flow/coverage/flow-tally.ts'
import type { RunEvent, StepFinished } from '../../model/event.ts'
import type { Json } from '../../model/json.ts'
import type { OutcomeStatus } from '../../model/outcome.ts'
import { isTrace, type Trace } from '../../model/trace.ts'

/** A virtual call of a scenario, with the body of the request that led to it where that is on record. */
export interface CallOnRecord {
  readonly scenario: string
  readonly trace: Trace
  readonly request?: Json
}

interface OpenCall extends CallOnRecord {
  readonly try: number
}

/** Hands on each call of a run as soon as it is known whether its try passed. */
export class CallsOfRun {
  readonly #take: (call: CallOnRecord, verdict: Verdict) => void
  readonly #open = new Map<string, OpenCall[]>()
  /** The last request of each step that is at work. */
  readonly #requests = new Map<string, Json>()

  constructor(take: (call: CallOnRecord, verdict: Verdict) => void) {
    this.#take = take
  }

  on(event: RunEvent): void {
    switch (event.type) {
      case 'request-intended':
        if (event.api === 'flow-debug' && event.body !== undefined) this.#requests.set(stepKey(event), event.body)
        return
      case 'step-finished':
        this.#finishStep(event)
        return
      case 'try-finished':
        this.#close(event.scenario, event.outcome.status, (call) => call.try === event.try)
        return
      case 'scenario-finished':
        this.#close(event.scenario, event.outcome.status)
        return
      default:
        return
    }
  }

  /** What has no end on record did not pass. */
  end(): void {
    for (const scenario of [...this.#open.keys()]) this.#close(scenario, 'not-run')
    this.#requests.clear()
  }

  #finishStep(event: StepFinished): void {
    const { scenario, observation } = event
    const request = this.#requests.get(stepKey(event))
    this.#requests.delete(stepKey(event))
    if (!isTrace(observation)) return
    const call = { scenario, try: event.try, trace: observation, ...(request === undefined ? {} : { request }) }
    const known = this.#open.get(scenario)
    if (known) known.push(call)
    else this.#open.set(scenario, [call])
  }

  #close(scenario: string, status: OutcomeStatus, isOver: (call: OpenCall) => boolean = () => true): void {
    const open = this.#open.get(scenario) ?? []
    for (const call of open.filter(isOver)) this.#take(call, status === 'passed' ? 'passed' : 'failed')
    const left = open.filter((call) => !isOver(call))
    if (left.length > 0) this.#open.set(scenario, left)
    else this.#open.delete(scenario)
  }
}

function stepKey({ scenario, try: number, step }: { readonly scenario: string; readonly try: number; readonly step: number }): string {
  return `${scenario}\n${number}\n${step}`
}
