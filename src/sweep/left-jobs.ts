import type { JobChanged, JobNoted, RequestAnswered, RequestFailed, RequestIntended, RunEvent } from '../model/event.ts'
import { isJsonObject } from '../model/json.ts'
import type { ProblemCode } from '../model/problem.ts'
import { type AgentChange, readAgentChange } from './agent-change.ts'

/** A job that a run started, or may have started, and that has not ended as far as its journal knows. */
export interface LeftJob {
  readonly kind: JobKind
  /** `Scenario.id`. */
  readonly scenario: string
  /** Absent: nobody knows whether it was started. */
  readonly id?: string
  /** When last seen. */
  readonly status?: string
  /** What simulations can be looked up by. */
  readonly tag?: string
  readonly correlationId?: string
  /** The flow that is compiled, or the action that is executed. */
  readonly subject?: string
  /** What is to be undone, of an agent. */
  readonly change?: AgentChange
}

type JobKind = 'compile' | 'simulation' | 'execution' | 'agent'

/** What starts a job of each kind; the group in it is what the job is about. */
const STARTS: readonly { readonly kind: JobKind; readonly path: RegExp }[] = [
  { kind: 'compile', path: /\/flows\/([^/]+)\/compile$/ },
  { kind: 'simulation', path: /\/dialer\/simulations()$/ },
  { kind: 'execution', path: /\/actions\/([^/]+)\/execute$/ },
]

/** Ends of a request after which nothing was started. */
const NOTHING_STARTED: readonly ProblemCode[] = [
  'TARGET_UNREACHABLE',
  'PLATFORM_UNAVAILABLE',
  'RATE_LIMITED',
  'AUTHENTICATION_FAILED',
  'FORBIDDEN',
  'NOT_FOUND',
  'REQUEST_REFUSED',
  'REDIRECTED',
]

type Draft = { -readonly [name in keyof LeftJob]: LeftJob[name] } & {
  /** Requests that may have started it. */
  readonly open: Set<number>
  isOver: boolean
}

/** Reads the events of a run, in order, and knows at any time what would be left if it died now. */
export class LeftJobs {
  /** By step and try: a step starts one job at most. */
  readonly #drafts = new Map<string, Draft>()
  /** Scenarios that are over, with all that they put back. */
  readonly #tidied = new Set<string>()
  /** Scenarios that could not put back everything. */
  readonly #untidy = new Set<string>()

  on(event: RunEvent): void {
    switch (event.type) {
      case 'request-intended':
        if (event.startsJob) this.#intend(event)
        return
      case 'request-answered':
        this.#answer(event)
        return
      case 'request-failed':
        this.#fail(event)
        return
      case 'job-changed':
        this.#change(event)
        return
      case 'job-noted':
        if (event.job === 'availability') this.#agent(event)
        else this.#note(event)
        return
      case 'teardown-failed':
        this.#untidy.add(event.scenario)
        return
      case 'scenario-finished':
        this.#tidied.add(event.scenario)
        return
      default:
    }
  }

  /** In the order in which they were started. */
  list(): LeftJob[] {
    const left = [...this.#drafts.values()].filter(
      (draft) => !draft.isOver && !this.#isPutBack(draft) && (draft.id !== undefined || draft.open.size > 0),
    )
    return left.map(({ isOver: _isOver, open: _open, ...job }) => job)
  }

  #intend({ request, path, body, correlationId, ...event }: RequestIntended): void {
    const start = STARTS.find(({ path: pattern }) => pattern.test(path))
    if (!start) return
    const subject = start.path.exec(path)?.[1]
    const tag = isJsonObject(body) ? body['tag'] : undefined
    const draft = this.#drafts.get(keyOf(event)) ?? { kind: start.kind, scenario: event.scenario, open: new Set(), isOver: false }
    draft.open.add(request)
    if (subject) draft.subject = decodeURIComponent(subject)
    if (typeof tag === 'string') draft.tag = tag
    if (correlationId !== undefined) draft.correlationId = correlationId
    this.#drafts.set(keyOf(event), draft)
  }

  #answer({ request, status, ...event }: RequestAnswered): void {
    const isRefusal = status >= 300
    if (isRefusal) this.#drafts.get(keyOf(event))?.open.delete(request)
  }

  #fail({ request, problem, ...event }: RequestFailed): void {
    if (NOTHING_STARTED.includes(problem.code)) this.#drafts.get(keyOf(event))?.open.delete(request)
  }

  #change({ id, status, ended, ...event }: JobChanged): void {
    const draft = this.#drafts.get(keyOf(event))
    if (!draft) return
    draft.id = id
    draft.isOver ||= draft.kind === 'agent' ? isAsBefore(draft, status) : ended === true
    draft.status = status
  }

  #isPutBack({ kind, scenario }: Draft): boolean {
    return kind === 'agent' && this.#tidied.has(scenario) && !this.#untidy.has(scenario)
  }

  /** A change that is to be put back; the next one of the same step puts it back. */
  #agent({ phase, id, payload, ...event }: JobNoted): void {
    if (phase !== 'dispatched' || id === undefined) return
    const change = readAgentChange(payload)
    if (change) this.#drafts.set(keyOf(event), { kind: 'agent', scenario: event.scenario, id, change, open: new Set(), isOver: false })
  }

  #note({ phase, id, ...event }: JobNoted): void {
    const draft = this.#drafts.get(keyOf(event))
    if (!draft) return
    if (id !== undefined) draft.id ??= id
    draft.isOver ||= phase === 'stopped'
  }
}

/** An agent that was never changed, or was changed and then put back. */
function isAsBefore({ status: before }: Draft, status: string): boolean {
  return status === 'CHANGED' ? before === 'CHANGED' : before === undefined
}

function keyOf({ scenario, try: attempt, step }: { readonly scenario: string; readonly try: number; readonly step: number }): string {
  return `${attempt}/${step}/${scenario}`
}
